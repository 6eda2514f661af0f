using System.Security.Cryptography;
using SockSort.Mqtt;
using SockSort.Shared;

namespace SockSort.Cli.Brokers;

/// <summary>
/// User and password of this process's own clients at its broker, stored in <c>DIR/scripts/credentials.properties</c>, from which the
/// original's connector reads its secrets. They are generated once, so that clients survive a restart.
/// </summary>
internal sealed record BrokerCredentials(string User, string Password)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>
    /// The folder of a run's secrets. An external broker has a folder of its own, so that the embedded one keeps its password.
    /// </summary>
    /// <param name="data">The data folder of the demo.</param>
    /// <param name="isOwn">Whether the broker is the embedded one.</param>
    public static string FolderIn(string data, bool isOwn) => isOwn ? data : Path.Combine(data, "other-broker");

    /// <summary>The path of the file below the folder of secrets.</summary>
    public static string FileIn(string secrets) => Path.Combine(secrets, "scripts", "credentials.properties");

    /// <summary>Describes the credentials that clients need, without the password.</summary>
    /// <param name="broker">The broker's address and user.</param>
    /// <param name="secrets">The folder of secrets, which has the password.</param>
    public static string Shown(MqttEndpoint broker, string secrets) => $"user {broker.User}; the password is in {FileIn(secrets)}";

    /// <summary>Reads user and password from the file, or generates them if it has none.</summary>
    public static BrokerCredentials ReadOrMake(string secrets)
    {
        var values = File.Exists(FileIn(secrets)) ? PropertiesFile.Parse(File.ReadAllText(FileIn(secrets))) : [];
        return values.GetValueOrDefault("MQTT_USERNAME") is { Length: > 0 } user
            && values.GetValueOrDefault("MQTT_PASSWORD") is { Length: > 0 } password
            ? new(user, password)
            : new("socksort", RandomNumberGenerator.GetHexString(24, lowercase: true));
    }

    /// <summary>
    /// Writes user, password and the broker's current address to the file, readable by its owner only; other entries of the file are kept.
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
