using System.CommandLine;
using System.Globalization;
using SockSort.Bench.Teach;
using SockSort.Cli.Output;
using SockSort.Cli.Parts;
using SockSort.Cli.Teach;
using SockSort.Cli.Training;
using SockSort.Models.Versions;
using static SockSort.Cli.Commands.Bench.BenchOutput;

namespace SockSort.Cli.Commands.Bench;

/// <summary><c>socksort bench teach</c>: measures teaching by showing, from three frames to the new model.</summary>
internal static class BenchTeachCommand
{
    private const double Percent = 100;

    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    private static readonly Option<int> Seeds = new Option<int>("--seeds")
    {
        Description = "Sets of socks, one after the other",
        DefaultValueFactory = _ => 1,
        HelpName = "N",
    }.Within(1, 100);

    private static readonly Option<int> Seed = new Option<int>("--seed")
    {
        Description = "The first of them",
        DefaultValueFactory = _ => 1,
        HelpName = "N",
    }.Within(0, 1_000_000);

    private static readonly Option<int> Judged = new Option<int>("--frames")
    {
        Description = "Later frames of each sock, and of the empty scene, that are judged",
        DefaultValueFactory = _ => 60,
        HelpName = "N",
    }.Within(1, 10_000);

    private static readonly Option<int?> Steps = new Option<int?>("--steps")
    {
        Description = "Steps of fine-tuning of both trainings; else as many as 'socksort train' makes of so many photos",
        HelpName = "N",
    }.Within(1, 10_000);

    public static Command Create()
    {
        var command = new Command("teach", """
            Shows three synthetic socks to a camera that runs at 4 frames a second with a model of three others, as the page Teach does,
            and prints for each set of socks: how soon each is told from its third frame on, how many later frames of it are told before
            and after the training, what the known socks lose by it, the time from the start to the new model, and frames that were lost.

            Example:
              socksort bench teach --seeds 3
            """)
        { Seeds, Seed, Judged, Steps };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult line, CancellationToken cancellation)
    {
        var (output, first, isReached) = (line.InvocationConfiguration.Output, line.GetValue(Seed), true);
        string[] steps = line.GetValue(Steps) is { } number ? ["--steps", $"{number}"] : [];
        for (var seed = first; seed < first + line.GetValue(Seeds); seed++)
        {
            Write(output, $"seed {seed}");
            using var job = new TeachJob(new TeachOptions
            {
                Seed = seed,
                Judged = line.GetValue(Judged),
                TrainFirst = (photos, model, cancel) => TrainingProcess.RunAsync(
                    Consoles.For(TextWriter.Null), ["train", "--data", photos, "--out", model, .. steps], cancel),
                TrainerOf = model => new SessionTrainer(new ModelVersions(model), steps),
                LearnerOf = model => new SharedLearner(model),
                Tell = output.WriteLine,
            });
            var result = await job.RunAsync(cancellation);
            Tell(output, result);
            isReached &= result.IsReached;
        }
        Write(output, $"wanted of each: {(isReached ? "reached" : "missed")}");
        return isReached ? ExitCode.Done : ExitCode.Failed;
    }

    private static void Tell(TextWriter output, TeachResult result)
    {
        foreach (var sock in result.Socks)
        {
            var first = sock.FirstAnswer is { } answer
                ? string.Create(Culture, $"told {answer.TotalSeconds:0.00} s after its third frame")
                : "not told before the training";
            output.WriteLine(string.Create(
                Culture, $"{sock.Label}: {first} (wanted: at most "
                + $"{TeachResult.LongestAnswer.TotalSeconds:0} s); {Share(sock.ToldBeside, sock.Frames):0.0} % of later frames just "
                + $"learnt, {Share(sock.ToldAfter, sock.Frames):0.0} % trained (at least {Percent * TeachResult.LeastTold:0} %)"));
        }
        var before = Share(result.KnownBefore, result.Known);
        var (beside, after) = (Share(result.KnownBeside, result.Known) - before, Share(result.KnownAfter, result.Known) - before);
        output.WriteLine(string.Create(
            Culture, $"known before: {before:0.0} % of {result.Known} frames told; {beside:+0.0;-0.0;0.0} beside just "
            + $"learnt ones, {after:+0.0;-0.0;0.0} trained (at most -{Percent * TeachResult.MostLost:0.0})"));
        output.WriteLine(string.Create(
            Culture, $"start to live: {result.StartToLive.TotalSeconds:0.0} s (below "
            + $"{TeachResult.LongestStart.TotalSeconds:0} s), the training {result.Training.TotalSeconds:0.0} s of it; of "
            + $"{result.Meanwhile.Shown} frames meanwhile {result.Meanwhile.Overtaken} were overtaken, {result.Meanwhile.Lost} "
            + $"lost (none)"));
    }

    private static double Share(int part, int all) => Percent * part / all;
}
