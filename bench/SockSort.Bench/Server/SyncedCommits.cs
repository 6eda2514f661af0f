using System.Diagnostics;

namespace SockSort.Bench.Server;

/// <summary>Measures the least cost of a durable commit: appending one block to a file and syncing it.</summary>
public static class SyncedCommits
{
    private const int BlockBytes = 4096;
    private const int Commits = 1000;

    public static Latencies Measure(string folder)
    {
        var path = Path.Combine(folder, $"socksort-bench-{Guid.NewGuid():N}");
        var latencies = new Latencies();
        try
        {
            using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
            var block = new byte[BlockBytes];
            for (var i = 0; i < Commits; i++)
            {
                var start = Stopwatch.GetTimestamp();
                file.Write(block);
                file.Flush(flushToDisk: true);
                latencies.Add(Stopwatch.GetElapsedTime(start));
            }
        }
        finally
        {
            File.Delete(path);
        }
        return latencies;
    }
}
