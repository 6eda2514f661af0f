using System.Security.Cryptography;
using SockSort.Connect;
using SockSort.Mqtt;

namespace SockSort.Cli.Demo;

/// <summary>
/// User and password of the demo's broker, kept in <c>DIR/scripts/credentials.properties</c>: the file that the
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

    /// <summary>The file's user and password, or new ones where it has none.</summary>
    public static BrokerCredentials ReadOrMake(string secrets)
    {
        var values = File.Exists(FileIn(secrets)) ? PropertiesFile.Parse(File.ReadAllText(FileIn(secrets))) : [];
        return values.GetValueOrDefault("MQTT_USERNAME") is { Length: > 0 } user && values.GetValueOrDefault("MQTT_PASSWORD") is { Length: > 0 } password
            ? new(user, password)
            : new("socksort", RandomNumberGenerator.GetHexString(24, lowercase: true));
    }

    /// <summary>Writes the file anew, readable by its owner only, with the broker's address of this run.</summary>
    public static void Write(string secrets, MqttEndpoint broker)
    {
        var path = FileIn(secrets);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        var fresh = path + ".new";
        File.Delete(fresh);
        using (var writer = new StreamWriter(fresh, options))
        {
            writer.Write(PropertiesFile.Write(new Dictionary<string, string>
            {
                ["MQTT_URI"] = $"{broker}",
                ["MQTT_USERNAME"] = broker.User ?? "",
                ["MQTT_PASSWORD"] = broker.Password ?? "",
            }));
        }
        File.Move(fresh, path, overwrite: true);
    }
}
