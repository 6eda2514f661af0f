using System.Security.Cryptography;
using System.Text;

namespace SockSort.Edge.Cameras;

/// <summary>
/// A camera name that no other process of this user and machine uses at the same broker meanwhile. Two of them would share a status topic,
/// and the end of one would be reported as the end of both. The name is held until this object is disposed or the process ends, however it
/// ends.
/// </summary>
public sealed class HeldCameraName : IDisposable
{
    // Error codes of a file that another process has locked: EWOULDBLOCK on Linux and on macOS, ERROR_SHARING_VIOLATION on Windows.
    private static readonly int[] IsHeld = [11, 35, unchecked((int)0x80070020)];

    private readonly FileStream? _lock;

    private HeldCameraName(string name, FileStream? hold) => (Name, _lock) = (name, hold);

    /// <summary>
    /// Default folder for the lock files, where the processes of one user find each other. It keeps one small file for each name.
    /// </summary>
    public static string UsualFolder { get; } = Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "socksort",
        "cameras");

    public string Name { get; }

    /// <param name="name">Name that the user gave the camera.</param>
    /// <param name="broker">Address of the broker, without secrets.</param>
    /// <param name="folder">Folder for the lock files, such as <see cref="UsualFolder"/>.</param>
    /// <exception cref="CameraException">Another process holds the name.</exception>
    public static HeldCameraName Take(string name, string broker, string folder) =>
        TryTake(name, broker, folder) ?? throw CameraErrors.NameTaken(name, broker);

    /// <summary>
    /// Takes the name or, if it is held already (one camera read twice), the first free one of <c>NAME-2</c>, <c>NAME-3</c>, …
    /// </summary>
    /// <inheritdoc cref="Take"/>
    public static HeldCameraName TakeFree(string name, string broker, string folder)
    {
        for (var number = 1; ; number++)
        {
            if (TryTake(number == 1 ? name : $"{name}-{number}", broker, folder) is { } held)
                return held;
        }
    }

    public void Dispose() => _lock?.Dispose();

    private static HeldCameraName? TryTake(string name, string broker, string folder)
    {
        var key = Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes($"{Environment.MachineName}\n{broker}\n{CameraName.TopicLevel(name)}")));
        try
        {
            Directory.CreateDirectory(folder);
            return new HeldCameraName(
                name,
                new FileStream(Path.Combine(folder, key[..16] + ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException error) when (IsHeld.Contains(error.HResult))
        {
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Without a writable folder other processes cannot be detected, but the camera must not fail because of that.
            return new HeldCameraName(name, hold: null);
        }
    }
}
