using System.CommandLine;
using System.Text.Json;
using SockSort.Cli.Output;
using SockSort.Dataset.Checking;
using Spectre.Console;

namespace SockSort.Cli.Commands.Dataset;

/// <summary><c>socksort dataset check</c>: what would harm the teaching.</summary>
internal static class DatasetCheckCommand
{
    private static readonly CheckOptions Defaults = new();
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private static readonly Argument<string> Root = new("ROOT") { Description = "Folder of class folders; folders called train, val and test may stand above them" };
    private static readonly Option<string?> Lists = new("--lists") { Description = "Prefix of lists that say which photo is for training and which for validation: sock for sock_train.lst" };
    private static readonly Option<string?> Html = new("--html") { Description = "Write a page with thumbnails that opens offline" };
    private static readonly Option<bool> Json = new("--json") { Description = "Print the findings as JSON" };
    private static readonly Option<int> SmallestSide = new Option<int>("--smallest-side") { Description = "Shorter sides of fewer pixels are tiny", DefaultValueFactory = _ => Defaults.SmallestSide }.Within(1, 65535);
    private static readonly Option<double> LowestSharpness = new Option<double>("--lowest-sharpness") { Description = "Photos below are blurred", DefaultValueFactory = _ => Defaults.LowestSharpness }.Within(0, 100_000);
    private static readonly Option<int> NearBits = new Option<int>("--near-bits") { Description = "Fingerprints that differ in at most so many of 128 bits are near duplicates", DefaultValueFactory = _ => Defaults.NearBits }.Within(0, 15);

    public static Command Create()
    {
        var command = new Command("check", """
            Looks at every photo: unreadable, tiny, blurred, doubled (exactly or nearly), in train and validation at once, in two classes;
            and at how many photos each class has. Ends with 1 when a photo is unreadable, or taught and tested with at once.

            Example:
              socksort dataset check photos --html check.html
            """)
        { Root, Lists, Html, Json, SmallestSide, LowestSharpness, NearBits };
        command.SetAction((line, cancellation) => Task.Run(() => Run(line, cancellation), CancellationToken.None));
        return command;
    }

    private static int Run(ParseResult line, CancellationToken cancellation)
    {
        var options = new CheckOptions
        {
            ListPrefix = line.GetValue(Lists),
            SmallestSide = line.GetValue(SmallestSide),
            LowestSharpness = line.GetValue(LowestSharpness),
            NearBits = line.GetValue(NearBits),
        };
        var report = DatasetChecker.Check(line.GetValue(Root)!, options, cancellation: cancellation);
        if (line.GetValue(Html) is { } page)
            File.WriteAllText(page, CheckPage.Render(report));
        var output = line.InvocationConfiguration.Output;
        if (line.GetValue(Json))
            output.WriteLine(JsonSerializer.Serialize(AsJson(report), Indented));
        else
            Print(report, output);
        return report.Findings.Any(finding => finding.Kind is FindingKind.Unreadable or FindingKind.InTrainAndValidation)
            ? CommandLine.Failed
            : CommandLine.Done;
    }

    private static object AsJson(CheckReport report) => new
    {
        report.Root,
        Photos = report.Photos.Count,
        Classes = report.Classes.ToDictionary(row => row.Class, row => row.Photos),
        Findings = report.Findings.Select(finding => new { Kind = CheckPage.NameOf(finding.Kind), finding.Photos, finding.Detail }),
    };

    private static void Print(CheckReport report, TextWriter output)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        if (output != Console.Out || Console.IsOutputRedirected)
            console.Profile.Width = 200;
        console.Write(ClassTable(report));
        if (report.Findings.Count > 0)
            console.Write(FindingTable(report));
        output.WriteLine($"{report.Photos.Count} photos, {report.Findings.Count} findings");
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
