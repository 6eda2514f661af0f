using System.CommandLine;
using SockSort.Cli.Output;
using SockSort.Dataset.Im2Rec;
using SockSort.Dataset.RecordIO;
using SockSort.Dataset.Storage;

namespace SockSort.Cli.Commands.Dataset;

/// <summary><c>socksort dataset unpack</c>: extracts the photos of a record file.</summary>
internal static class DatasetUnpackCommand
{
    private static readonly Argument<string> Record = new("FILE.rec") { Description = "A record file, here or s3://" };
    private static readonly Argument<string> Folder = new("DIR")
    {
        Description = "Folder to write to, here or s3://; made if it is not there",
    };
    private static readonly Option<bool> SkipDamaged = new("--skip-damaged") { Description = "Go on behind a damaged record" };

    public static Command Create()
    {
        var command = new Command("unpack", """
            Writes the photos of a record file into DIR/class-LABEL/, and DIR/unpacked.lst that packs them again.

            Example:
              socksort dataset unpack sock_train.rec photos
            """)
        { Record, Folder, SkipDamaged };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult line, CancellationToken cancellation)
    {
        OutputPlace.RequireFolder(line.GetValue(Folder)!);
        using var record = await StagedPath.FetchedAsync(line.GetValue(Record)!, cancellation);
        using var folder = StagedFolder.Open(line.GetValue(Folder)!);
        using var reader = RecordReader.Open(record.LocalPath, line.GetValue(SkipDamaged));
        var (photos, empty, problems) = await Task.Run(
            () => RecordUnpacker.Unpack(reader, folder.LocalPath, cancellation), CancellationToken.None);
        await folder.PublishAsync(cancellation);
        var damages = reader.Damages.Select(damage => $"skipped: {damage.Message}").ToList();
        foreach (var problem in damages.Concat(problems))
            line.InvocationConfiguration.Error.WriteLine(problem);
        var records = empty == 1 ? "1 record holds" : $"{empty} records hold";
        var without = empty == 0 ? "" : $"; {records} a label and no photo";
        line.InvocationConfiguration.Output.WriteLine($"wrote {photos} photos and unpacked.lst to {line.GetValue(Folder)}{without}");
        return problems.Count == 0 ? ExitCode.Done : ExitCode.Failed;
    }
}
