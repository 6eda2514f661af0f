using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using SockSort.Bench;
using SockSort.Cli.Output;
using SockSort.Dataset.Photos;
using SockSort.Models.Inference;
using SockSort.Models.Onnx;
using SockSort.Training;
using SockSort.Training.Kernels;
using SockSort.Training.Trainer;

namespace SockSort.Cli.Commands.Bench;

/// <summary><c>socksort bench train</c>: measures a whole training and one step, compared with a peer that runs alternately.</summary>
internal static class BenchTrainCommand
{
    // Options that leave out the peer's linear probe, so that its time is that of its steps.
    private const int StepsOfOneStep = 20;
    private static readonly string OnlySteps = $" --lp 0 --steps {StepsOfOneStep}";

    private static readonly Option<string> Photos = new("--photos")
    {
        Description = "Folder of class folders, a .lst or a .rec",
        Required = true,
        HelpName = "PATH",
    };

    private static readonly Option<string?> Peer = new("--peer")
    {
        Description = "Command of the peer; prints 'train_seconds N', and takes --lp and --steps at its end for the single step",
        HelpName = "COMMAND",
    };

    private static readonly Option<int> Runs = new Option<int>("--runs")
    {
        Description = "Runs of each, in turns",
        DefaultValueFactory = _ => 1,
        HelpName = "N",
    }.Within(1, 100);

    private static readonly Option<int> Threads = new Option<int>("--threads")
    {
        Description = "Cores to use",
        DefaultValueFactory = _ => new TrainingOptions().Threads,
        HelpName = "N",
    }.Within(1, 64);

    public static Command Create()
    {
        var command = new Command("train", """
            Trains with the default recipe and prints the whole time, where a step's time goes, how near it is to the cores' limit, and the
            peak memory; with --peer the ratio to its time, and one equal step (18 pictures, last 8 blocks) beside the peer's.

            Example:
              socksort bench train --photos photos --peer "python3 finetune.py efficientnet-lite0.onnx photos"
            """)
        { Photos, Peer, Runs, Threads };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult line, CancellationToken cancel)
    {
        var output = line.InvocationConfiguration.Output;
        using var photos = await PhotoSet.OpenAsync(line.GetRequiredValue(Photos), root: null, cancel);
        output.WriteLine($"{photos.PhotoCount} photos, {photos.Classes.Count} classes, {Environment.ProcessorCount} processors, "
            + $"{line.GetValue(Threads)} used");
        for (var run = 1; run <= line.GetValue(Runs); run++)
        {
            var (seconds, result) = Train(photos, new TrainingOptions { Threads = line.GetValue(Threads), Seed = run }, cancel);
            output.WriteLine(Text($"run {run}: {seconds:0.0} s for all, {result.Losses.Count} steps; {Split(result)}"));
            WriteRate(output, run, line.GetValue(Threads), result);
            output.WriteLine(Text($"run {run}: peak memory {Process.GetCurrentProcess().PeakWorkingSet64 / 1e6:0} MB"));
            if (line.GetValue(Peer) is { } command)
                await CompareAsync(line, command, photos, run, seconds, cancel);
        }
        return ExitCode.Done;
    }

    private static async Task CompareAsync(
        ParseResult line, string command, PhotoSet photos, int run, double seconds, CancellationToken cancel)
    {
        var output = line.InvocationConfiguration.Output;
        var peer = PeerProcess.Figure(await PeerProcess.RunAsync(command, cancel), "train_seconds");
        output.WriteLine(Text($"run {run}: peer {peer:0.0} s; ratio {seconds / peer:0.00}"));
        var options = new TrainingOptions
        {
            Threads = line.GetValue(Threads),
            Seed = run,
            Steps = StepsOfOneStep,
            MiniBatchSize = 18,
            Blocks = 8,
            Copies = 1,
        };
        var times = Train(photos, options, cancel).Result.Times!;
        var own = (times.Waited + times.Frozen + times.Tuned + times.Optimizer).TotalMilliseconds / times.Steps;
        var other = PeerProcess.Figure(await PeerProcess.RunAsync(command + OnlySteps, cancel), "train_seconds") * 1000 / StepsOfOneStep;
        output.WriteLine(
            Text($"run {run}: one step of 18 pictures, last 8 blocks: {own:0} ms; peer {other:0} ms; ratio {own / other:0.00}"));
    }

    private static (double Seconds, TrainingResult Result) Train(PhotoSet photos, TrainingOptions options, CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        var result = new SockTrainer(OnnxModel.Read(Backbone.ShippedPath), options).Train(photos, progress: null, cancel);
        return (clock.Elapsed.TotalSeconds, result);
    }

    /// <summary>How near the tuned part is to what the cores can do at most.</summary>
    private static void WriteRate(TextWriter output, int run, int threads, TrainingResult result)
    {
        if (result.Times is not { Products: > 0 } times)
            return;
        var (own, peak) = (times.Products / times.Tuned.TotalSeconds, ProductRate.Peak(threads));
        var work = Text($"run {run}: tuned part {times.Products / times.Steps / 1e9:0.0} thousand million products a step");
        output.WriteLine(Text($"{work}, {own / 1e9:0.0} a second; the cores' peak {peak / 1e9:0.0} a second; share {own / peak:0.00}"));
    }

    private static string Split(TrainingResult result)
    {
        var times = result.Times!;
        string Each(TimeSpan time) => (time.TotalMilliseconds / times.Steps).ToString("0", CultureInfo.InvariantCulture);
        return $"ms a step: frozen {Each(times.Frozen)}, tuned {Each(times.Tuned)}, optimiser {Each(times.Optimizer)}, waiting for "
            + $"pictures {Each(times.Waited)}; "
            + $"augmentation {Each(times.Augmentation)} on its own thread";
    }

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
