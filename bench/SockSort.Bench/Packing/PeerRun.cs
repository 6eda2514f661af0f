namespace SockSort.Bench.Packing;

/// <summary>One measured run of packing by the peer.</summary>
public sealed record PeerRun(double PhotosPerSecond, double CpuSeconds)
{
    /// <exception cref="BenchException">The command cannot be run, failed, or printed no figures.</exception>
    public static async Task<PeerRun> RunAsync(
        string command, string list, string root, string outPrefix, int threads, CancellationToken cancellation)
    {
        var filled = command.Replace("{lst}", Quote(list))
            .Replace("{root}", Quote(root))
            .Replace("{out}", Quote(outPrefix))
            .Replace("{threads}", $"{threads}");
        var printed = await PeerProcess.RunAsync(filled, cancellation);
        return new PeerRun(PeerProcess.Figure(printed, "photos_per_s"), PeerProcess.Figure(printed, "cpu_s"));
    }

    private static string Quote(string path) => $"'{path.Replace("'", "'\\''")}'";
}
