using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using SockSort.Bench.Packing;
using SockSort.Cli.Output;
using SockSort.Dataset.Im2Rec;
using SockSort.Dataset.Lists;
using SockSort.Imaging.OpenCv;

namespace SockSort.Cli.Commands.Bench;

/// <summary><c>socksort bench im2rec</c>: measures photos per second, compared with a peer that runs alternately.</summary>
internal static class BenchIm2RecCommand
{
    private static readonly Option<string> Photos = new("--photos") { Description = "Folder of class folders", Required = true };
    private static readonly Option<string?> Peer = new("--peer")
    {
        Description = "Command of the peer; {lst}, {root}, {out} and {threads} are replaced. It prints 'photos_per_s N' and 'cpu_s N'",
    };
    private static readonly Option<int> Resize = new Option<int>("--resize")
    {
        Description = "Pixels of the shorter side; 0 leaves the size",
        DefaultValueFactory = _ => 512,
    }.Within(0, 65500);
    private static readonly Option<bool> NoCrop = new("--no-center-crop") { Description = "Do not cut out the middle square" };
    private static readonly Option<string> Codec = new("--codec")
    {
        Description = "auto, turbojpeg or netvips",
        DefaultValueFactory = _ => "auto",
    };
    private static readonly Option<int[]> Threads = new("--threads")
    {
        Description = "Numbers of threads",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [1, 2, 4],
    };
    private static readonly Option<int> Runs = new Option<int>("--runs")
    {
        Description = "Runs of each, in turns",
        DefaultValueFactory = _ => 3,
    }.Within(1, 100);

    public static Command Create()
    {
        Codec.AcceptOnlyFromAmong("auto", "turbojpeg", "netvips");
        var command = new Command("im2rec", """
            Packs photos with 1, 2 and 4 threads and prints photos a second, CPU seconds and where the time went; with --peer also the
            ratio, pair by pair.

            Example:
              socksort bench im2rec --photos photos \
                --peer "python3 cv2_pack.py {lst} {root} {out} --resize 512 --center-crop --num-thread {threads}"
            """)
        { Photos, Peer, Resize, NoCrop, Codec, Threads, Runs };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult line, CancellationToken cancellation)
    {
        var output = line.InvocationConfiguration.Output;
        var root = Path.GetFullPath(line.GetValue(Photos)!);
        var folder = Directory.CreateTempSubdirectory("socksort-bench-").FullName;
        try
        {
            var listing = PhotoListing.Recursive(root, PhotoListing.DefaultExtensions);
            var list = ListWriter.WriteAll(Path.Combine(folder, "bench"), listing.Photos, new ListSplit())[0];
            output.WriteLine($"{listing.Photos.Count} photos, codec {line.GetValue(Codec)}, {Environment.ProcessorCount} processors");
            // A warm-up run fills the file cache and lets the JIT compile the code.
            _ = Pack(line, list, root, 2);
            var equal = true;
            foreach (var threads in line.GetValue(Threads)!)
            {
                for (var run = 1; run <= line.GetValue(Runs); run++)
                    equal &= await PairAsync(line, list, root, threads, run, cancellation);
            }
            return equal ? ExitCode.Done : ExitCode.Failed;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<bool> PairAsync(
        ParseResult line, string list, string root, int threads, int run, CancellationToken cancellation)
    {
        var ours = Pack(line, list, root, threads);
        var row = string.Create(CultureInfo.InvariantCulture,
            $"threads {threads} run {run}: {ours.PhotosPerSecond:0.0} photos/s, cpu {ours.CpuSeconds:0.00} s ({ours.Steps})");
        if (line.GetValue(Peer) is not { } command)
        {
            line.InvocationConfiguration.Output.WriteLine(row);
            return true;
        }
        var outPrefix = Path.Combine(Path.GetDirectoryName(list)!, "peer");
        var peer = await PeerRun.RunAsync(command, list, root, outPrefix, threads, cancellation);
        var same = Sum(outPrefix + ".rec") == Sum(Path.ChangeExtension(list, ".rec"));
        line.InvocationConfiguration.Output.WriteLine(row + string.Create(CultureInfo.InvariantCulture,
            $"; peer {peer.PhotosPerSecond:0.0} photos/s, cpu {peer.CpuSeconds:0.00} s; ratio "
                + $"{ours.PhotosPerSecond / peer.PhotosPerSecond:0.00}; bytes {(same ? "equal" : "DIFFER")}"));
        return same;
    }

    private static PackRun Pack(ParseResult line, string list, string root, int threads) => PackRun.Run(list, root, new PackOptions
    {
        Threads = threads,
        Recode = new RecodeOptions
        {
            Resize = line.GetValue(Resize),
            CentreCrop = !line.GetValue(NoCrop),
            Codec = Enum.Parse<PhotoCodecKind>(line.GetValue(Codec)!, ignoreCase: true),
        },
    });

    private static string Sum(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }
}
