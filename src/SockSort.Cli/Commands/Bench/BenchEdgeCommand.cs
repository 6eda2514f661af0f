using System.CommandLine;
using System.Globalization;
using SockSort.Bench.Classify;
using SockSort.Bench.Edge;
using SockSort.Bench.Edge.Glass;
using SockSort.Cli.Output;
using SockSort.Models.Package;
using static SockSort.Cli.Commands.Bench.BenchOutput;

namespace SockSort.Cli.Commands.Bench;

/// <summary><c>socksort bench edge</c>: measures the way of a picture to its message, and to the eyes of who watches.</summary>
internal static class BenchEdgeCommand
{
    private const string FramesJob = "frames";
    private const string GlassWord = "glass";
    private const double Milliseconds = 1000;
    private const int StepTimes = 100;

    // What is asked of the edge: the original gave 3 to 4 frames a second.
    private const double LeastPerSecond = 25;
    private const double MostGlass = 300;

    private static readonly Option<string[]> Jobs = new("--job")
    {
        Description = "What is measured: frames, glass",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [FramesJob],
        HelpName = "NAME",
    };
    private static readonly Option<string?> Model = new("--model")
    {
        Description = "The model package; by default the backbone with a head of 7 classes",
        HelpName = "FILE",
    };
    private static readonly Option<int[]> Threads = new("--threads")
    {
        Description = "frames: numbers of threads of the network",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [1, 2],
    };
    private static readonly Option<int> Frames = new Option<int>("--frames")
    {
        Description = "frames: frames of each in a round",
        DefaultValueFactory = _ => 100,
        HelpName = "N",
    }.Within(1, 100_000);
    private static readonly Option<int> Rounds = new Option<int>("--rounds")
    {
        Description = "frames: rounds, in turns",
        DefaultValueFactory = _ => 5,
        HelpName = "N",
    }.Within(1, 1000);
    private static readonly Option<TimeSpan> For = new("--for")
    {
        Description = "glass: how long, as in 10m",
        CustomParser = Durations.ParseOption,
        DefaultValueFactory = _ => TimeSpan.FromMinutes(10),
        HelpName = "TIME",
    };
    private static readonly Option<int> Viewers = new Option<int>("--viewers")
    {
        Description = "glass: who watches",
        DefaultValueFactory = _ => 20,
        HelpName = "N",
    }.Within(1, 100);
    private static readonly Option<int> Slow = new Option<int>("--slow")
    {
        Description = "glass: how many of them read 100 kB a second only",
        DefaultValueFactory = _ => 5,
        HelpName = "N",
    }.Within(0, 99);
    private static readonly Option<double> CameraFps = new Option<double>("--camera-fps")
    {
        Description = "glass: pictures a second that the camera gives",
        DefaultValueFactory = _ => 25,
        HelpName = "FPS",
    }.Within(0.1, 60);
    private static readonly Option<double> Fps = new Option<double>("--fps")
    {
        Description = "glass: frames a second that the edge takes",
        DefaultValueFactory = _ => 10,
        HelpName = "FPS",
    }.Within(0.1, 60);

    public static Command Create()
    {
        Jobs.AcceptOnlyFromAmong(FramesJob, GlassWord);
        var command = new Command("edge", """
            frames: classifies 720p JPEGs from a folder and publishes a message for each to a broker in this process, in turns with ONNX
            Runtime's bare run of the same graph; the ratio is of the medians, of the quickest rounds, and of processor time.
            glass: a camera of this process draws the time into its 720p pictures, 'edge run' in a process of its own classifies and
            shows them, and viewers read the time out of the live view's stream: how old pictures are when they are seen, each minute.

            Example:
              socksort bench edge --threads 1 2
              socksort bench edge --job glass --for 10m --viewers 20 --slow 5
            """)
        { Jobs, Model, Threads, Frames, Rounds, For, Viewers, Slow, CameraFps, Fps };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult line, CancellationToken cancellation)
    {
        var (output, package, jobs) = (
            line.InvocationConfiguration.Output, BareModel.OrFrom(line.GetValue(Model)), line.GetRequiredValue(Jobs));
        var isReached = true;
        if (jobs.Contains(FramesJob))
            isReached &= await MeasureFramesAsync(line, output, package, cancellation);
        if (jobs.Contains(GlassWord))
            isReached &= await MeasureGlassAsync(line, output, package, cancellation);
        return isReached ? ExitCode.Done : ExitCode.Failed;
    }

    private static async Task<bool> MeasureFramesAsync(
        ParseResult line, TextWriter output, ModelPackage package, CancellationToken cancellation)
    {
        var (rounds, isReached) = (line.GetValue(Rounds), true);
        var steps = EdgeSteps.Measure(package, StepTimes, rounds, cancellation);
        Write(output, $"frames of {EdgePictures.Width} x {EdgePictures.Height}, {Environment.ProcessorCount} processors");
        Write(output, $"processor time of each step by itself, best round: {steps}");
        foreach (var threads in line.GetRequiredValue(Threads))
        {
            using var run = new EdgeRun(package, threads);
            var times = await run.MeasureAsync(line.GetValue(Frames), rounds, cancellation);
            Write(output, $"threads {threads}: bare network {Shown(times[0])}");
            foreach (var (job, time) in EdgeJob.All.Zip(times.Skip(1)))
                Write(output, $"threads {threads}: {job.Name} {Shown(time)}; {RatiosOf(time, times[0])}");
            isReached &= Milliseconds / times[1].Median >= LeastPerSecond;
        }
        Write(output, $"wanted: at least {LeastPerSecond} frames/s from picture to message: {(isReached ? "reached" : "missed")}");
        return isReached;
    }

    private static async Task<bool> MeasureGlassAsync(
        ParseResult line, TextWriter output, ModelPackage package, CancellationToken cancellation)
    {
        if (line.GetValue(Slow) >= line.GetValue(Viewers))
            throw new CommandException("--slow must be less than --viewers: those that read fast are measured");
        var length = line.GetValue(For);
        var options = new GlassOptions
        {
            Model = package,
            For = length,
            Each = length < TimeSpan.FromMinutes(2) ? length / 2 : TimeSpan.FromMinutes(1),
            Viewers = line.GetValue(Viewers),
            SlowViewers = line.GetValue(Slow),
            CameraFps = line.GetValue(CameraFps),
            EdgeFps = line.GetValue(Fps),
        };
        Write(output, $"glass to glass: {options}");
        List<double> p95 = [];
        var result = await GlassJob.RunAsync(ThisProgram.Start, options, Tell, cancellation);
        Write(output, $"{result}");
        var isReached = p95.Max() < MostGlass && result is { Unreadable: 0, OutOfOrder: 0 };
        Write(output, $"wanted: p95 below {MostGlass} ms in each minute: {(isReached ? "reached" : "missed")}");
        return isReached;

        void Tell(GlassStretch stretch)
        {
            Write(output, $"{stretch}");
            p95.Add(stretch.Fast.MillisecondsAt(0.95) ?? double.PositiveInfinity);
        }
    }

    private static string Shown(RoundTimes time) => string.Create(CultureInfo.InvariantCulture,
        $"{Milliseconds / time.Median:0.0} frames/s, {time.Median:0.00} ms a frame, best round {time.Best:0.00} ms, "
            + $"cpu {time.Cpu:0.00} ms");

    private static string RatiosOf(RoundTimes time, RoundTimes bare) => string.Create(CultureInfo.InvariantCulture,
        $"ratio {time.Median / bare.Median:0.00}, best {time.Best / bare.Best:0.00}, cpu {time.Cpu / bare.Cpu:0.00}");
}
