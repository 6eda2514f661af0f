using System.CommandLine;
using System.Diagnostics;
using SockSort.Cli.Evaluation;
using SockSort.Cli.Output;
using SockSort.Dataset.Storage;
using SockSort.Training.Evaluation;
using SockSort.Training.Evaluation.Report;

namespace SockSort.Cli.Commands;

/// <summary><c>socksort evaluate</c>: measures a model's quality on labelled pictures.</summary>
internal static class EvaluateCommand
{
    private static readonly Argument<string> Model = new("MODEL") { Description = "The model package, here or s3://" };
    private static readonly Argument<string> Data = new("DATA")
    {
        Description = "Folder of class folders, a .lst or a .rec, here or s3://; or a folder of frames with labels.csv or --labels",
    };
    private static readonly Option<string?> Labels = new("--labels")
    {
        Description = "CSV with the columns frame and label, for the frames in DATA",
        HelpName = "CSV",
    };
    private static readonly Option<string?> Root = new("--root")
    {
        Description = "Folder that the paths of a .lst start from; by default the one that it lies in",
        HelpName = "DIR",
    };
    private static readonly Option<string?> ClassNames = ClassNamesOption.Create();
    private static readonly Option<string?> Report = ReportOption.Create();
    private static readonly Option<bool> Json = new("--json")
    {
        Description = "Print the figures as JSON; accuracy (over known labels) and auc come first",
    };
    private static readonly Option<int> Threads = ThreadsOption.Create();

    public static Command Create()
    {
        var command = new Command("evaluate", """
            Judges a model by pictures whose truth is known. Labels match without case, 'class-', blanks and plural s; a label that the
            model does not know counts as unknown, and tells how well known socks are told from unknown ones (AUC).

            Example:
              socksort evaluate model.tar.gz frames --labels frames/labels.csv --report report
            """)
        { Model, Data, Labels, Root, ClassNames, Report, Json, Threads };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult line, CancellationToken cancel)
    {
        var (startedAt, clock) = (DateTimeOffset.Now, Stopwatch.StartNew());
        OutputPlace.RequireFolder(line.GetValue(Report));
        var package = await ModelFile.ReadAsync(line.GetRequiredValue(Model), cancel);
        using var set = await EvaluationSet.OpenAsync(
            line.GetRequiredValue(Data), line.GetValue(Root), line.GetValue(Labels), package.LabelsByNumber(),
            await ClassNamesOption.ReadAsync(line.GetValue(ClassNames), cancel), cancel);
        if (set.Numbers is { } numbers)
            await line.InvocationConfiguration.Error.WriteLineAsync($"socksort: numbers are read by the model's own list: {numbers}");
        foreach (var ignored in set.Ignored)
            await line.InvocationConfiguration.Error.WriteLineAsync($"socksort: ignored {ignored}");
        var output = line.InvocationConfiguration.Output;
        var judging = new ModelJudging(
            line.GetValue(Json) ? TextWriter.Null : output, line.InvocationConfiguration.Error, line.GetValue(Threads));
        var (result, skipped) = await judging.JudgeAsync(set, package, cancel);
        var run = new EvaluationRun(
            line.GetRequiredValue(Model), line.GetRequiredValue(Data), package, set, result, skipped, startedAt, clock.Elapsed,
            line.GetValue(Threads));
        if (line.GetValue(Report) is { } folder)
            ReportFolder.Write(folder, run.ToReport());
        if (line.GetValue(Json))
            await output.WriteLineAsync(MetricsJson.Of(result).ToJsonString(JsonOutput.Options));
        else
            EvaluationTable.Write(Consoles.For(output), run, line.GetValue(Report));
        return ExitCode.Done;
    }
}
