using System.Diagnostics;
using System.Globalization;
using SockSort.Dataset.Im2Rec;
using SockSort.Dataset.Lists;

namespace SockSort.Bench.Packing;

/// <summary>One measured run of packing a list.</summary>
/// <param name="PhotosPerSecond">Measured from opening the list to renaming the finished record file.</param>
/// <param name="CpuSeconds">Processor time of the whole process.</param>
/// <param name="Steps">Milliseconds for a photo in each step, summed over all threads.</param>
public sealed record PackRun(double PhotosPerSecond, double CpuSeconds, string Steps)
{
    public static PackRun Run(string list, string root, PackOptions options)
    {
        var packer = new ListPacker(root, options, new Silence());
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var clock = Stopwatch.StartNew();
        var result = packer.Pack(list);
        var seconds = clock.Elapsed.TotalSeconds;
        cpu = Process.GetCurrentProcess().TotalProcessorTime - cpu;
        var times = packer.Times;
        string Each(TimeSpan time) => (time.TotalMilliseconds / Math.Max(1, result.Packed)).ToString("0.00", CultureInfo.InvariantCulture);
        return new PackRun(result.Packed / seconds, cpu.TotalSeconds,
            $"ms a photo: read {Each(times.Read)}, decode {Each(times.Decode)}, resize {Each(times.Resize)}, encode {Each(times.Encode)}, "
                + $"write {Each(times.Write)}");
    }

    private sealed class Silence : IPackWatcher
    {
        public void OnLineSkipped(ListProblem problem)
        {
        }

        public void OnPhotoLeftOut(ListLine line, string reason)
        {
        }

        public void OnWarning(ListLine line, string warning)
        {
        }

        public void OnPhotoDone(long index)
        {
        }
    }
}
