namespace SockSort.Bench;

/// <summary>A new folder below another; goes when it is disposed.</summary>
internal sealed class BenchFolder : IDisposable
{
    /// <param name="parent">Exists.</param>
    public BenchFolder(string parent)
    {
        Path = System.IO.Path.Combine(parent, $"socksort-bench-{Guid.NewGuid():N}");
        _ = Directory.CreateDirectory(Path);
    }

    public string Path { get; }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
