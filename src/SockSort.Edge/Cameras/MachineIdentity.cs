namespace SockSort.Edge.Cameras;

/// <summary>Distinguishes this machine from others that read cameras for the same broker.</summary>
/// <param name="Name">Host name of the machine.</param>
/// <param name="Key">
/// Id of the machine (machine-id(5)), which must not be shown to others; empty if the system has none, as in most containers.
/// </param>
public sealed record MachineIdentity(string Name, string Key)
{
    private static readonly string[] KeyFiles = ["/etc/machine-id", "/var/lib/dbus/machine-id"];

    /// <summary>Identity of the machine that runs this process.</summary>
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
