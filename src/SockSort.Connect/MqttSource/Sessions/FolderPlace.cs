using System.Security.Cryptography;
using System.Text;
using SockSort.Shared;

namespace SockSort.Connect.MqttSource.Sessions;

/// <summary>The place of a data folder: its machine, its path, and its identity in the file system.</summary>
/// <param name="Machine">A hash of the machine's id; <c>unknown</c> where the machine has none.</param>
/// <param name="Path">The path, with all symbolic links followed.</param>
/// <param name="Mark">
/// A mark that stays the same when the folder is renamed, and differs for a copy; null where the file system has none.
/// </param>
internal sealed record FolderPlace(string Machine, string Path, string? Mark)
{
    // machine-id(5) of systemd advises to show a keyed hash of the id rather than the id itself.
    private static readonly byte[] Key = "socksort connect"u8.ToArray();

    private static readonly string[] MachineIds = ["/etc/machine-id", "/var/lib/dbus/machine-id"];

    public static FolderPlace Of(string folder)
    {
        var path = FollowedPath.Of(System.IO.Path.GetFullPath(folder));
        return new(MachineNow(), path, FolderMark.Of(path));
    }

    /// <summary>
    /// Whether both are the same folder. A renamed folder, or one that was restored at its path, is the same; a copy elsewhere is not.
    /// </summary>
    public bool IsSame(FolderPlace other) => Machine == other.Machine && (Path == other.Path || (Mark is not null && Mark == other.Mark));

    private static string MachineNow()
    {
        foreach (var file in MachineIds)
        {
            if (TextOf(file) is { Length: > 0 } id)
                return Convert.ToHexStringLower(HMACSHA256.HashData(Key, Encoding.UTF8.GetBytes(id)))[..16];
        }
        return "unknown";
    }

    private static string? TextOf(string file)
    {
        try
        {
            return File.ReadAllText(file).Trim();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
