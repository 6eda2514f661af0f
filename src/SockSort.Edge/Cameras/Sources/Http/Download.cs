using System.Runtime.CompilerServices;

namespace SockSort.Edge.Cameras.Sources.Http;

/// <summary>
/// A video in a temporary file that only this user can read. It is needed because many videos have their index at the end, and not every
/// server supports reads of a part.
/// </summary>
internal sealed class Download : IDisposable
{
    private const int PartBytes = 1 << 20;

    private readonly FileStream _file;

    public Download()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.ReadWrite | FileShare.Delete,
            Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        _file = new FileStream(Path.Combine(Path.GetTempPath(), $"socksort-{Guid.NewGuid():N}"), options);
    }

    /// <summary>Absolute path of the file, which is deleted on disposal.</summary>
    public string FilePath => _file.Name;

    /// <summary>Copies the whole body to the file.</summary>
    /// <returns>The number of bytes so far, after each part.</returns>
    /// <exception cref="IOException">The connection broke, or the disk is full.</exception>
    public async IAsyncEnumerable<long> FillAsync(Stream body, [EnumeratorCancellation] CancellationToken cancel)
    {
        var part = new byte[PartBytes];
        while (await body.ReadAsync(part, cancel) is > 0 and var read)
        {
            await _file.WriteAsync(part.AsMemory(0, read), cancel);
            yield return _file.Length;
        }
        await _file.FlushAsync(cancel);
    }

    public void Dispose() => _file.Dispose();
}
