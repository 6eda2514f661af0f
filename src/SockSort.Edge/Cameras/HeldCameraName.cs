using System.Security.Cryptography;
using System.Text;

namespace SockSort.Edge.Cameras;

/// <summary>
/// A name that no other process of this user and machine uses at the same broker meanwhile: two of them would share a status topic, and the
/// end of one would be told as the end of both. Held until it is disposed or the process ends, however it ends.
/// </summary>
public sealed class HeldCameraName : IDisposable
{
    // EWOULDBLOCK on Linux and on macOS, ERROR_SHARING_VIOLATION.
    private static readonly int[] IsHeld = [11, 35, unchecked((int)0x80070020)];

    private readonly FileStream? _lock;

    private HeldCameraName(string name, FileStream? hold) => (Name, _lock) = (name, hold);

    /// <summary>Where the processes of one user find each other; takes a small file for each name, which stays.</summary>
    public static string UsualFolder { get; } = Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "socksort",
        "cameras");

    public string Name { get; }

    /// <param name="name">As the user gave it.</param>
    /// <param name="broker">Its address, without secrets.</param>
    /// <param name="folder">As <see cref="UsualFolder"/>.</param>
    /// <exception cref="CameraException">Another process holds it.</exception>
    public static HeldCameraName Take(string name, string broker, string folder) =>
        TryTake(name, broker, folder) ?? throw CameraErrors.NameTaken(name, broker);

    /// <summary>
    /// The name, or where it is held already (one camera looked at twice) the first free one of <c>NAME-2</c>, <c>NAME-3</c>, …
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
            // Nowhere to write: then no other process can be asked, and the camera is not to fail for that.
            return new HeldCameraName(name, hold: null);
        }
    }
}
