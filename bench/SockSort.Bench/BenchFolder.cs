namespace SockSort.Bench;

/// <summary>A temporary folder below another; disposing of it deletes it.</summary>
internal sealed class BenchFolder : IDisposable
{
    /// <param name="parent">An existing folder.</param>
    public BenchFolder(string parent)
    {
        Path = System.IO.Path.Combine(parent, $"socksort-bench-{Guid.NewGuid():N}");
        _ = Directory.CreateDirectory(Path);
    }

    public string Path { get; }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
