using System.Security.Cryptography;
using System.Text;
using SockSort.Edge.Cameras.Addresses;
using SockSort.Mqtt;

namespace SockSort.Edge.Cameras;

/// <summary>
/// Default name of a camera that its user does not name: the same at each start, different for each source and machine, and without any
/// part of the address that may be secret.
/// </summary>
public static class CameraName
{
    /// <summary>The longest name that a user may give, in characters.</summary>
    public const int MostCharacters = 100;

    private const string SyntheticPrefix = "synthetic:";
    private const int MostReadable = 40;
    private const int TagBytes = 3;
    private const string ClientPrefix = "socksort";
    private const int ClientDigits = 15;

    /// <param name="source">Source of the camera, as <see cref="CameraSource.Open"/> takes it.</param>
    /// <param name="machine">Machine that reads the camera.</param>
    /// <returns>A name such as <c>10.0.0.5-554-stream-7c2e91</c> or <c>pi4-video0-1b09aa</c>: a readable part and a tag.</returns>
    /// <exception cref="CameraException">The source is an address that cannot be parsed.</exception>
    public static string For(string source, MachineIdentity machine) =>
        CameraAddress.IsAddress(source) ? ForAddress(CameraAddress.Parse(source), machine) : ForLocal(source, machine);

    /// <summary>The name in the form of one level of an MQTT topic.</summary>
    public static string TopicLevel(string name) => CameraTopics.Level(name);

    /// <summary>
    /// MQTT client id of a camera's publisher: the same at each start, different on each machine. [MQTT-3.1.3-5]: 23 letters and digits,
    /// which every broker accepts.
    /// </summary>
    public static string ClientId(string name, MachineIdentity machine)
    {
        var key = Encoding.UTF8.GetBytes($"{machine.Key}\n{machine.Name}");
        return ClientPrefix + Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"client {name}")))[..ClientDigits];
    }

    /// <summary>
    /// Name of the folder for what is kept of a camera at one broker: readable, and different for each camera and broker.
    /// </summary>
    /// <param name="broker">Address of the broker, without secrets.</param>
    public static string FolderName(string name, string broker)
    {
        var tag = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{broker}\n{name}")))[..(2 * TagBytes)];
        return $"{Readable(name)}-{tag}";
    }

    private static string ForAddress(CameraAddress address, MachineIdentity machine)
    {
        // Without the machine's own key, others could test passwords against a tag that is made of secrets.
        var identity = machine.Key.Length > 0 ? address.WithoutCredentials : address.ShownWithoutUser;
        return $"{Readable(address.ShownWithoutUser[(address.Scheme.Length + "://".Length)..])}-{Tag(identity, machine)}";
    }

    private static string ForLocal(string source, MachineIdentity machine)
    {
        var isNoPath = source.StartsWith(SyntheticPrefix, StringComparison.Ordinal) || CameraSource.IsBrowser(source);
        var identity = isNoPath ? source : Path.GetFullPath(source);
        var file = Path.GetFileName(Path.TrimEndingDirectorySeparator(identity));
        return $"{Readable($"{machine.Name}-{file}")}-{Tag(identity, machine)}";
    }

    /// <summary>Shortens a text, and keeps only characters that have no special meaning in topics, file names and shells.</summary>
    private static string Readable(string text)
    {
        var words = new string(
            [.. text.Select(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '_' ? character : '-')])
            .Split('-', StringSplitOptions.RemoveEmptyEntries);
        var readable = string.Join('-', words);
        return readable.Length > MostReadable ? readable[..MostReadable].TrimEnd('-') : readable;
    }

    private static string Tag(string identity, MachineIdentity machine) => Convert.ToHexStringLower(
        HMACSHA256.HashData(Encoding.UTF8.GetBytes($"{machine.Key}\n{machine.Name}"), Encoding.UTF8.GetBytes(identity)))[..(2 * TagBytes)];
}
