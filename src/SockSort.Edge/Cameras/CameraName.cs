using System.Security.Cryptography;
using System.Text;
using SockSort.Edge.Cameras.Addresses;
using SockSort.Mqtt;

namespace SockSort.Edge.Cameras;

/// <summary>
/// What a camera is called where its user gives it no name: the same at each start, another one for each source and on each machine, and
/// never a part of what may be secret in an address.
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

    /// <param name="source">As <see cref="CameraSource.Open"/> takes it.</param>
    /// <param name="machine">Where it is looked at.</param>
    /// <returns>Such as <c>10.0.0.5-554-stream-7c2e91</c> or <c>pi4-video0-1b09aa</c>: what people can read, and a tag.</returns>
    /// <exception cref="CameraException">It is an address that cannot be read.</exception>
    public static string For(string source, MachineIdentity machine) =>
        CameraAddress.IsAddress(source) ? ForAddress(CameraAddress.Parse(source), machine) : ForLocal(source, machine);

    /// <summary>The name as a level of a topic.</summary>
    public static string TopicLevel(string name) => CameraTopics.Level(name);

    /// <summary>
    /// The client id of a camera's publisher, the same at each start and another one on each machine. [MQTT-3.1.3-5]: 23 letters and
    /// digits, which every broker takes.
    /// </summary>
    public static string ClientId(string name, MachineIdentity machine)
    {
        var key = Encoding.UTF8.GetBytes($"{machine.Key}\n{machine.Name}");
        return ClientPrefix + Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"client {name}")))[..ClientDigits];
    }

    /// <summary>A folder's name for what is kept of a camera at a broker: readable, and another one for each of both.</summary>
    /// <param name="broker">Its address, without secrets.</param>
    public static string FolderName(string name, string broker)
    {
        var tag = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{broker}\n{name}")))[..(2 * TagBytes)];
        return $"{Readable(name)}-{tag}";
    }

    private static string ForAddress(CameraAddress address, MachineIdentity machine)
    {
        // Without the machine's own key a tag of what is secret would let others try passwords against it.
        var identity = machine.Key.Length > 0 ? address.WithoutCredentials : address.ShownWithoutUser;
        return $"{Readable(address.ShownWithoutUser[(address.Scheme.Length + "://".Length)..])}-{Tag(identity, machine)}";
    }

    private static string ForLocal(string source, MachineIdentity machine)
    {
        var identity = source.StartsWith(SyntheticPrefix, StringComparison.Ordinal) ? source : Path.GetFullPath(source);
        var file = Path.GetFileName(Path.TrimEndingDirectorySeparator(identity));
        return $"{Readable($"{machine.Name}-{file}")}-{Tag(identity, machine)}";
    }

    /// <summary>Short, and of characters that no topic, file or shell takes for something else.</summary>
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
