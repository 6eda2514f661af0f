using System.CommandLine;
using SockSort.Cli.Output;
using SockSort.Dataset.Checking;
using SockSort.Dataset.RecordIO;

namespace SockSort.Cli.Commands.Dataset;

/// <summary><c>socksort dataset show</c>: the photos of a record file on one page.</summary>
internal static class DatasetShowCommand
{
    private static readonly Argument<string> Record = new("FILE.rec") { Description = "A record file" };
    private static readonly Option<string?> Out = new("--out") { Description = "The page to write; FILE.html by default" };
    private static readonly Option<int> Most = new Option<int>("--most") { Description = "Photos on the page", DefaultValueFactory = _ => 500 }.Within(1, 100_000);
    private static readonly Option<bool> SkipDamaged = new("--skip-damaged") { Description = "Go on behind a damaged record" };

    public static Command Create()
    {
        var command = new Command("show", """
            Makes a contact sheet of a record file: a page with a thumbnail, id and label of each photo, that opens offline.

            Example:
              socksort dataset show sock_train.rec
            """)
        { Record, Out, Most, SkipDamaged };
        command.SetAction((line, _) => Task.Run(() => Run(line), CancellationToken.None));
        return command;
    }

    private static int Run(ParseResult line)
    {
        var path = line.GetValue(Record)!;
        var page = line.GetValue(Out) ?? Path.ChangeExtension(path, ".html");
        using var reader = RecordReader.Open(path, line.GetValue(SkipDamaged));
        var (html, photos, shown) = ContactSheet.Render(reader, Path.GetFileName(path), line.GetValue(Most));
        File.WriteAllText(page, html);
        foreach (var damage in reader.Damages)
            line.InvocationConfiguration.Error.WriteLine($"skipped: {damage.Message}");
        line.InvocationConfiguration.Output.WriteLine($"{path} holds {photos} photos; {shown} are on {page}");
        return CommandLine.Done;
    }
}
