using System.CommandLine;
using System.Text.Json;
using SockSort.Cli.Output;
using SockSort.Dataset.Checking;
using SockSort.Dataset.Photos;
using SockSort.Dataset.Storage;
using Spectre.Console;

namespace SockSort.Cli.Commands.Dataset;

/// <summary><c>socksort dataset check</c>: finds photos that would harm the training.</summary>
internal static class DatasetCheckCommand
{
    private static readonly CheckOptions Defaults = new();
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private static readonly Argument<string> Source = new("ROOT")
    {
        Description = "Folder of class folders (folders called train, val and test may stand above them), a .lst or a .rec; here or s3://",
    };
    private static readonly Option<string?> Root = new("--root")
    {
        Description = "Folder that the paths of a .lst start from; by default the one that it lies in",
    };
    private static readonly Option<string?> Lists = new("--lists")
    {
        Description =
            "Prefix of lists, here or s3://, that say which photo is for training and which for validation: sock for sock_train.lst",
    };
    private static readonly Option<string?> Html = new("--html")
    {
        Description = "Write a page with thumbnails that opens offline, here or s3://",
    };
    private static readonly Option<bool> Json = new("--json") { Description = "Print the findings as JSON" };
    private static readonly Option<int> SmallestSide = new Option<int>("--smallest-side")
    {
        Description = "Shorter sides of fewer pixels are tiny",
        DefaultValueFactory = _ => Defaults.SmallestSide,
    }.Within(1, 65535);
    private static readonly Option<double> LowestSharpness = new Option<double>("--lowest-sharpness")
    {
        Description = "Photos below are blurred",
        DefaultValueFactory = _ => Defaults.LowestSharpness,
    }.Within(0, 100_000);
    private static readonly Option<int> NearBits = new Option<int>("--near-bits")
    {
        Description = "Fingerprints that differ in at most so many of 128 bits are near duplicates",
        DefaultValueFactory = _ => Defaults.NearBits,
    }.Within(0, 15);

    public static Command Create()
    {
        var command = new Command("check", """
            Looks at every photo: unreadable, tiny, blurred, doubled (exactly or nearly), in train and validation at once, in two classes;
            and at how many photos each class has. Ends with 1 when a photo is unreadable, or taught and tested with at once.

            Example:
              socksort dataset check photos --html check.html
            """)
        { Source, Root, Lists, Html, Json, SmallestSide, LowestSharpness, NearBits };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult line, CancellationToken cancellation)
    {
        OutputPlace.RequireFile(line.GetValue(Html));
        using var lists = line.GetValue(Lists) is { } prefix ? StagedPath.Open(prefix) : null;
        if (lists is not null)
            await lists.FetchListsAsync(cancellation);
        var options = OptionsOf(line, lists);
        var source = line.GetValue(Source)!;
        var report = Path.GetExtension(source).ToLowerInvariant() is ".lst" or ".rec"
            ? await CheckSetAsync(line, source, options, cancellation)
            : await CheckFolderAsync(line, source, options, cancellation);
        var output = line.InvocationConfiguration.Output;
        if (line.GetValue(Json))
            output.WriteLine(JsonSerializer.Serialize(AsJson(report), Indented));
        else
            Print(report, output);
        return report.Findings.Any(finding => finding.Kind is FindingKind.Unreadable or FindingKind.InTrainAndValidation)
            ? ExitCode.Failed
            : ExitCode.Done;
    }

    private static async Task<CheckReport> CheckFolderAsync(
        ParseResult line, string source, CheckOptions options, CancellationToken cancellation)
    {
        using var root = StagedFolder.Open(source);
        await root.FetchAsync(_ => true, cancellation);
        return await CheckAsync(
            line, progress => DatasetChecker.Check(root.LocalPath, options, progress, cancellation) with { Root = source });
    }

    private static async Task<CheckReport> CheckSetAsync(
        ParseResult line, string source, CheckOptions options, CancellationToken cancellation)
    {
        using var photos = await PhotoSet.OpenAsync(source, line.GetValue(Root), cancellation);
        return await CheckAsync(line, progress => DatasetChecker.Check(photos, options, progress, cancellation));
    }

    /// <summary>Checks the photos, and writes the page while they are still on this machine, because it shows them.</summary>
    private static async Task<CheckReport> CheckAsync(ParseResult line, Func<Action<int, int>, CheckReport> check)
    {
        var lines = line.GetValue(Json) ? TextWriter.Null : line.InvocationConfiguration.Output;
        var report = await WorkProgress.RunAsync("looking", "photos", lines, progress => Task.Run(() => check(progress)));
        foreach (var ignored in report.Ignored)
            line.InvocationConfiguration.Error.WriteLine($"ignored {ignored}");
        if (line.GetValue(Html) is { } page)
            await WritePageAsync(page, report);
        return report;
    }

    private static CheckOptions OptionsOf(ParseResult line, StagedPath? lists) => new()
    {
        ListPrefix = lists?.LocalPath,
        SmallestSide = line.GetValue(SmallestSide),
        LowestSharpness = line.GetValue(LowestSharpness),
        NearBits = line.GetValue(NearBits),
    };

    private static async Task WritePageAsync(string page, CheckReport report)
    {
        using var target = StagedPath.Open(page);
        await File.WriteAllTextAsync(target.LocalPath, CheckPage.Render(report));
        await target.PublishAsync(CancellationToken.None);
    }

    private static object AsJson(CheckReport report) => new
    {
        report.Root,
        Photos = report.Photos.Count,
        Classes = report.Classes.ToDictionary(row => row.Class, row => row.Photos),
        report.Ignored,
        Findings = report.Findings.Select(finding => new { Kind = CheckPage.NameOf(finding.Kind), finding.Photos, finding.Detail }),
    };

    private static void Print(CheckReport report, TextWriter output)
    {
        var console = Consoles.For(output);
        console.Write(ClassTable(report));
        if (report.Findings.Count > 0)
            console.Write(FindingTable(report));
        var ignored = report.Ignored.Count == 0 ? "" : $", {report.Ignored.Count} ignored";
        output.WriteLine($"{report.Photos.Count} photos, {report.Findings.Count} findings{ignored}");
    }

    private static Table ClassTable(CheckReport report)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("folder", "photos");
        foreach (var (name, photos) in report.Classes)
            table.AddRow(Markup.Escape(name), $"{photos}");
        return table;
    }

    private static Table FindingTable(CheckReport report)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("finding", "photos", "detail");
        foreach (var finding in report.Findings)
            table.AddRow(CheckPage.NameOf(finding.Kind), Markup.Escape(string.Join('\n', finding.Photos)), Markup.Escape(finding.Detail));
        return table;
    }
}
