using System.Security.Cryptography;
using SockSort.Connect.Configuration;
using SockSort.Mqtt;

namespace SockSort.Cli.Brokers;

/// <summary>
/// User and password of this process's own parts at its broker, kept in <c>DIR/scripts/credentials.properties</c>: the file that the
/// original's connector reads its secrets from. Made once, so that clients outlive a restart.
/// </summary>
internal sealed record BrokerCredentials(string User, string Password)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The secrets folder of a run. Another broker has one of its own, so that the demo's own keeps its password.</summary>
    /// <param name="data">The demo's folder.</param>
    /// <param name="isOwn">Whether the broker is the demo's own.</param>
    public static string FolderIn(string data, bool isOwn) => isOwn ? data : Path.Combine(data, "other-broker");

    /// <summary>Path of the file below the secrets folder.</summary>
    public static string FileIn(string secrets) => Path.Combine(secrets, "scripts", "credentials.properties");

    /// <summary>Who clients have to be, in words.</summary>
    /// <param name="broker">With its user.</param>
    /// <param name="secrets">The folder of secrets, which has the password.</param>
    public static string Shown(MqttEndpoint broker, string secrets) => $"user {broker.User}; the password is in {FileIn(secrets)}";

    /// <summary>The file's user and password, or new ones where it has none.</summary>
    public static BrokerCredentials ReadOrMake(string secrets)
    {
        var values = File.Exists(FileIn(secrets)) ? PropertiesFile.Parse(File.ReadAllText(FileIn(secrets))) : [];
        return values.GetValueOrDefault("MQTT_USERNAME") is { Length: > 0 } user
            && values.GetValueOrDefault("MQTT_PASSWORD") is { Length: > 0 } password
            ? new(user, password)
            : new("socksort", RandomNumberGenerator.GetHexString(24, lowercase: true));
    }

    /// <summary>
    /// Writes the file anew, readable by its owner only, with the broker's address of this run; what else is in it stays.
    /// </summary>
    public static void Write(string secrets, MqttEndpoint broker)
    {
        var path = FileIn(secrets);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var values = File.Exists(path) ? PropertiesFile.Parse(File.ReadAllText(path)) : [];
        values["MQTT_URI"] = $"{broker}";
        values["MQTT_USERNAME"] = broker.User ?? "";
        values["MQTT_PASSWORD"] = broker.Password ?? "";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        var fresh = path + ".new";
        File.Delete(fresh);
        using (var writer = new StreamWriter(fresh, options))
            writer.Write(PropertiesFile.Write(values));
        File.Move(fresh, path, overwrite: true);
    }
}
