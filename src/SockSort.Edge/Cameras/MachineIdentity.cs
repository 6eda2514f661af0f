namespace SockSort.Edge.Cameras;

/// <summary>What tells this machine from others that look at cameras for the same broker.</summary>
/// <param name="Name">What its user calls it.</param>
/// <param name="Key">
/// Its own id (machine-id(5)), which is not shown to others; empty where the system has none, as in most containers.
/// </param>
public sealed record MachineIdentity(string Name, string Key)
{
    private static readonly string[] KeyFiles = ["/etc/machine-id", "/var/lib/dbus/machine-id"];

    /// <summary>The machine that this runs on.</summary>
    public static MachineIdentity This { get; } = new(Environment.MachineName, ReadKey());

    private static string ReadKey()
    {
        try
        {
            return KeyFiles.Where(File.Exists).Select(File.ReadAllText).FirstOrDefault()?.Trim() ?? "";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
