using System.CommandLine;
using System.Globalization;
using SockSort.Bench.Classify;
using SockSort.Cli.Output;
using SockSort.Imaging;
using SockSort.Imaging.Decoding;
using SockSort.Imaging.Synthetic;

namespace SockSort.Cli.Commands.Bench;

/// <summary><c>socksort bench classify</c>: measures frames per second, compared with ONNX Runtime alone on the same graph.</summary>
internal static class BenchClassifyCommand
{
    private static readonly Option<string?> Model = new("--model")
    {
        Description = "The model package; by default the backbone with a head of 7 classes",
        HelpName = "FILE",
    };
    private static readonly Option<string?> Picture = new("--picture")
    {
        Description = "The frame; by default one of a synthetic camera",
        HelpName = "FILE",
    };
    private static readonly Option<int[]> Threads = new("--threads")
    {
        Description = "Numbers of threads",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [1, 2],
    };
    private static readonly Option<int> Frames = new Option<int>("--frames")
    {
        Description = "Frames of each in a round",
        DefaultValueFactory = _ => 100,
        HelpName = "N",
    }.Within(1, 100_000);
    private static readonly Option<int> Rounds = new Option<int>("--rounds")
    {
        Description = "Rounds, in turns",
        DefaultValueFactory = _ => 8,
        HelpName = "N",
    }.Within(1, 1000);

    public static Command Create()
    {
        var command = new Command("classify", """
            Classifies one frame again and again (stretch, scale, network, best label) and prints frames a second and milliseconds a frame,
            in turns with ONNX Runtime's bare run of the same graph on an input that lies ready; the ratio is of the medians, of the
            quickest rounds, and of processor time. Also the bytes that a frame allocates.

            Example:
              socksort bench classify --model model.tar.gz --threads 1 2
            """)
        { Model, Picture, Threads, Frames, Rounds };
        command.SetAction((line, cancel) => Task.Run(() => Run(line, cancel), CancellationToken.None));
        return command;
    }

    private static int Run(ParseResult line, CancellationToken cancel)
    {
        var package = BareModel.OrFrom(line.GetValue(Model));
        var frame = line.GetValue(Picture) is { } picture ? PictureReader.Read(picture) : SyntheticFrame();
        var output = line.InvocationConfiguration.Output;
        output.WriteLine($"frame {frame.Width} x {frame.Height}, model {package.Card.Input.Size} x {package.Card.Input.Size}, "
            + $"{Environment.ProcessorCount} processors");
        foreach (var threads in line.GetValue(Threads)!)
        {
            var run = ClassifyRun.Measure(package, frame, threads, line.GetValue(Frames), line.GetValue(Rounds), cancel);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"threads {threads}: {1000 / run.Ours.Median:0.0} frames/s, {run.Ours.Median:0.00} ms a frame; bare "
                    + $"{run.Bare.Median:0.00} ms; ratio {run.Ours.Median / run.Bare.Median:0.000}; best round {run.Ours.Best:0.00} ms, "
                    + $"bare {run.Bare.Best:0.00} ms, ratio {run.Ours.Best / run.Bare.Best:0.000}; cpu {run.Ours.Cpu:0.00} ms, bare "
                    + $"{run.Bare.Cpu:0.00} ms, ratio {run.Ours.Cpu / run.Bare.Cpu:0.000}; preparing {run.Preparing.Best:0.00} ms; "
                    + $"allocated {run.AllocatedBytes:0.##} bytes a frame"));
        }
        return ExitCode.Done;
    }

    private static Frame SyntheticFrame()
    {
        using var camera = SyntheticCamera.ForSeed(1, SockDesigns.UsualClasses, new SyntheticCameraOptions());
        return camera.Frames(repeat: false).First().Frame;
    }
}
