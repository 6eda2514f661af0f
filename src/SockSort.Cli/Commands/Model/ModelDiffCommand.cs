using System.CommandLine;
using SockSort.Cli.Evaluation;
using SockSort.Cli.Output;
using SockSort.Models.Package;
using SockSort.Training.Evaluation;

namespace SockSort.Cli.Commands.Model;

/// <summary><c>socksort model diff</c>: compares what two versions say of the same pictures.</summary>
internal static class ModelDiffCommand
{
    private static readonly Argument<string> Old = new("OLD") { Description = "A version by its first digits, or a package" };
    private static readonly Argument<string> New = new("NEW") { Description = "Likewise" };
    private static readonly Option<string> Model = ModelVersionsOf.CreateOption();

    private static readonly Option<string> Photos = new("--photos")
    {
        Description = "Pictures whose truth is known, as 'evaluate' takes them: class folders, a .lst or .rec, here or s3://, frames with "
            + "labels.csv",
        Required = true,
        HelpName = "FOLDER",
    };

    private static readonly Option<string?> Labels = new("--labels")
    {
        Description = "CSV with the columns frame and label, for frames in FOLDER",
        HelpName = "CSV",
    };

    private static readonly Option<string?> ClassNames = ClassNamesOption.Create();
    private static readonly Option<bool> Json = new("--json")
    {
        Description = "Print old and new with version, accuracy, right and known; pictures; and changed: each with picture, label, old, "
            + "new, effect",
    };

    private static readonly Option<int> Threads = ThreadsOption.Create();

    public static Command Create()
    {
        var command = new Command("diff", """
            Puts the same pictures before two models, and shows how many each tells right, and each picture of which they say different
            things.

            Example:
              socksort model diff 0a1b2c model.tar.gz --photos photos
            """)
        { Old, New, Photos, Labels, ClassNames, Model, Json, Threads };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult line, CancellationToken cancel)
    {
        var versions = ModelVersionsOf.Open(line.GetRequiredValue(Model));
        var before = await ModelVersionsOf.ReadAsync(versions, line.GetRequiredValue(Old), cancel);
        var after = await ModelVersionsOf.ReadAsync(versions, line.GetRequiredValue(New), cancel);
        var lines = line.GetValue(Json) ? TextWriter.Null : line.InvocationConfiguration.Output;
        var judging = new ModelJudging(lines, line.InvocationConfiguration.Error, line.GetValue(Threads));
        var difference = new ModelDifference(
            before.Version, after.Version, new ModelComparison(await JudgeAsync(before.Package), await JudgeAsync(after.Package)));
        var output = line.InvocationConfiguration.Output;
        if (line.GetValue(Json))
            await output.WriteLineAsync(JsonOutput.Of(difference.ToJson()));
        else
            difference.Write(Consoles.For(output));
        return ExitCode.Done;

        Task<EvaluationResult> JudgeAsync(ModelPackage package) => judging.JudgeAsync(
            line.GetRequiredValue(Photos), package, cancel, line.GetValue(Labels), line.GetValue(ClassNames));
    }
}
