using System.CommandLine;
using SockSort.Cli.Commands.Im2Rec;
using SockSort.Dataset.Im2Rec;
using SockSort.Dataset.Lists;

namespace SockSort.Cli.Commands;

/// <summary><c>socksort im2rec</c>: MXNet's im2rec, with its own command line.</summary>
internal static class Im2RecCommand
{
    private const string Name = "im2rec";

    private const string Description = """
        Lists photos and packs them into MXNet's RecordIO files, byte for byte as im2rec does.

        Example:
          socksort im2rec --list --recursive --train-ratio 0.8 sock photos
          socksort im2rec --resize 512 --center-crop --num-thread 4 sock photos
        """;

    private static readonly Im2RecOptions Options = new();

    public static Command Create()
    {
        var command = new Command(Name, Description) { Options.Prefix, Options.Root };
        foreach (var option in Options.All)
            command.Options.Add(option);
        command.SetAction(RunAsync);
        return command;
    }

    /// <summary>im2rec's options may be cut short or repeated; other commands' lines are left alone.</summary>
    public static string[] Normalize(string[] words) => words is [Name, .. var rest]
        ? [Name, .. ArgparseForm.Normalize(rest, Options.All.ToDictionary(option => option.Name, option => option.ValueType == typeof(bool)))]
        : words;

    private static async Task<int> RunAsync(ParseResult line, CancellationToken cancellation)
    {
        var output = line.InvocationConfiguration.Output;
        var error = line.InvocationConfiguration.Error;
        return line.GetValue(Options.List)
            ? MakeLists(line, output, error)
            : await Task.Run(() => Pack(line, output, error, cancellation), CancellationToken.None);
    }

    private static int MakeLists(ParseResult line, TextWriter output, TextWriter error)
    {
        var root = line.GetValue(Options.Root)!;
        var recursive = line.GetValue(Options.Recursive);
        if (recursive && !Directory.Exists(root))
            error.WriteLine($"the folder of the photos, {Path.GetFullPath(root)}, does not exist: the list will be empty");
        var extensions = line.GetValue(Options.Extensions)!;
        var listing = recursive ? PhotoListing.Recursive(root, extensions) : PhotoListing.Flat(root, extensions);
        for (var label = 0; label < listing.Folders.Count; label++)
            output.WriteLine($"{listing.Folders[label]} {label}");
        foreach (var problem in listing.Problems)
            error.WriteLine(problem);
        var split = Options.SplitOf(line);
        ListWriter.WriteAll(line.GetValue(Options.Prefix)!, listing.Photos, split, !line.GetValue(Options.NoShuffle), line.GetValue(Options.IntegerLabels));
        if (split.Lost(listing.Photos.Count) is > 0 and var lost)
            error.WriteLine($"{lost} of {listing.Photos.Count} photos are in no list: the ratios sum to 1 or more, and rounding leaves them over");
        return listing.Problems.Count == 0 ? CommandLine.Done : CommandLine.Failed;
    }

    private static int Pack(ParseResult line, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        var prefix = Path.GetFullPath(line.GetValue(Options.Prefix)!);
        var root = line.GetValue(Options.Root)!;
        var lists = ListFinder.Find(prefix);
        if (lists.Count == 0)
            output.WriteLine($"Did not find and list file with prefix {prefix}");
        if (!Directory.Exists(root))
            error.WriteLine($"the folder of the photos, {Path.GetFullPath(root)}, does not exist");
        var total = new PackResult(0, 0, 0, 0);
        foreach (var list in lists)
        {
            output.WriteLine($"Creating .rec file from {list} in {Path.GetDirectoryName(list)}");
            var packer = new ListPacker(root, Options.PackOptionsOf(line), new PackPrinter(list, output, error));
            total += packer.Pack(list, cancellation: cancellation);
        }
        error.WriteLine(Summary(total));
        return total.IsComplete || Options.SkipsBad(line) ? CommandLine.Done : CommandLine.Failed;
    }

    private static string Summary(PackResult total)
    {
        var summary = $"packed {Count(total.Packed, "photo")}";
        if (total.LeftOut > 0)
            summary += $", left out {Count(total.LeftOut, "photo")}";
        if (total.BadLines > 0)
            summary += $", skipped {Count(total.BadLines, "line")}";
        return total.Warnings > 0 ? $"{summary}; {total.Warnings} of those packed are damaged" : summary;
    }

    private static string Count(long count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";
}
