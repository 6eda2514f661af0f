using System.Security.Cryptography;
using System.Text;
using SockSort.Shared;

namespace SockSort.Connect.MqttSource.Sessions;

/// <summary>Where a data folder is: on which machine, by which path, and which folder of the file system it is.</summary>
/// <param name="Machine">A hash of the machine's id; <c>unknown</c> where it has none.</param>
/// <param name="Path">With every link followed.</param>
/// <param name="Mark">Stays with the folder when it is renamed and differs for a copy; null where the file system gives none.</param>
internal sealed record FolderPlace(string Machine, string Path, string? Mark)
{
    // systemd's advice in machine-id(5): the id itself is not to be shown, a keyed hash of it is.
    private static readonly byte[] Key = "socksort connect"u8.ToArray();

    private static readonly string[] MachineIds = ["/etc/machine-id", "/var/lib/dbus/machine-id"];

    public static FolderPlace Of(string folder)
    {
        var path = FollowedPath.Of(System.IO.Path.GetFullPath(folder));
        return new(MachineNow(), path, FolderMark.Of(path));
    }

    /// <summary>A folder that was renamed, or restored where it was, is the same one; one that was copied elsewhere is not.</summary>
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
