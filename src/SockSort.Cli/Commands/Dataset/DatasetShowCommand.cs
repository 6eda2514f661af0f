using System.CommandLine;
using SockSort.Cli.Output;
using SockSort.Dataset.Checking;
using SockSort.Dataset.RecordIO;
using SockSort.Dataset.Storage;

namespace SockSort.Cli.Commands.Dataset;

/// <summary><c>socksort dataset show</c>: shows the photos of a record file on one HTML page.</summary>
internal static class DatasetShowCommand
{
    private static readonly Argument<string> Record = new("FILE.rec") { Description = "A record file, here or s3://" };
    private static readonly Option<string?> Out = new("--out") { Description = "The page to write, here or s3://; FILE.html by default" };
    private static readonly Option<int> Most = new Option<int>("--most")
    {
        Description = "Photos on the page",
        DefaultValueFactory = _ => 500,
    }.Within(1, 100_000);
    private static readonly Option<bool> SkipDamaged = new("--skip-damaged") { Description = "Go on behind a damaged record" };

    public static Command Create()
    {
        var command = new Command("show", """
            Makes a contact sheet of a record file: a page with a thumbnail, id and label of each photo, that opens offline.

            Example:
              socksort dataset show sock_train.rec
            """)
        { Record, Out, Most, SkipDamaged };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult line, CancellationToken cancellation)
    {
        var path = line.GetValue(Record)!;
        var page = line.GetValue(Out) ?? Path.ChangeExtension(path, ".html");
        OutputPlace.RequireFile(page);
        using var record = await StagedPath.FetchedAsync(path, cancellation);
        using var target = StagedPath.Open(page);
        using var reader = RecordReader.Open(record.LocalPath, line.GetValue(SkipDamaged));
        var (html, photos, shown) = await Task.Run(
            () => ContactSheet.Render(reader, Path.GetFileName(path), line.GetValue(Most)), cancellation);
        await File.WriteAllTextAsync(target.LocalPath, html, cancellation);
        await target.PublishAsync(cancellation);
        foreach (var damage in reader.Damages)
            line.InvocationConfiguration.Error.WriteLine($"skipped: {damage.Message}");
        line.InvocationConfiguration.Output.WriteLine($"{path} holds {photos} photos; {shown} are on {page}");
        return ExitCode.Done;
    }
}
