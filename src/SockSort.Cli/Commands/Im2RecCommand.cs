using System.CommandLine;
using SockSort.Cli.Commands.Im2Rec;
using SockSort.Cli.Output;
using SockSort.Dataset.Im2Rec;
using SockSort.Dataset.Lists;
using SockSort.Dataset.Storage;

namespace SockSort.Cli.Commands;

/// <summary><c>socksort im2rec</c>: packs photos into record files with the command line of MXNet's im2rec.</summary>
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

    /// <summary>Expands abbreviated and repeated options, which im2rec allows; command lines of other commands are unchanged.</summary>
    public static string[] Normalize(string[] words) => words is [Name, .. var rest]
        ? [
            Name,
            .. ArgparseForm.Normalize(rest, Options.All.ToDictionary(option => option.Name, option => option.ValueType == typeof(bool))),
        ]
        : words;

    private static async Task<int> RunAsync(ParseResult line, CancellationToken cancellation)
    {
        // As im2rec does: the messages name the lists by their full paths.
        var given = line.GetValue(Options.Prefix)!;
        using var prefix = StagedPath.Open(StorageLocation.LooksLikeS3(given) ? given : Path.GetFullPath(given));
        var root = StorageLocation.Parse(line.GetValue(Options.Root)!);
        using var photos = root.IsS3 ? root.Open() : null;
        return line.GetValue(Options.List)
            ? await MakeListsAsync(line, prefix, root, photos, cancellation)
            : await PackAsync(line, prefix, root, photos, cancellation);
    }

    private static async Task<int> MakeListsAsync(
        ParseResult line, StagedPath prefix, StorageLocation root, IStorage? photos, CancellationToken cancellation)
    {
        var error = line.InvocationConfiguration.Error;
        var listing = await ListAsync(line, root, photos, cancellation);
        for (var label = 0; label < listing.Folders.Count; label++)
            line.InvocationConfiguration.Output.WriteLine($"{listing.Folders[label]} {label}");
        foreach (var problem in listing.Problems)
            error.WriteLine(problem);
        var split = Options.SplitOf(line);
        var lists = ListWriter.WriteAll(
            prefix.LocalPath, listing.Photos, split, !line.GetValue(Options.NoShuffle), line.GetValue(Options.IntegerLabels));
        await prefix.PublishAsync(lists, cancellation);
        if (split.Lost(listing.Photos.Count) is > 0 and var lost)
            error.WriteLine(
                $"{lost} of {listing.Photos.Count} photos are in no list: the ratios sum to 1 or more, and rounding leaves them over");
        return listing.Problems.Count == 0 ? ExitCode.Done : ExitCode.Failed;
    }

    private static async Task<PhotoListing> ListAsync(
        ParseResult line, StorageLocation root, IStorage? photos, CancellationToken cancellation)
    {
        var recursive = line.GetValue(Options.Recursive);
        var extensions = line.GetValue(Options.Extensions)!;
        if (photos is not null)
        {
            var keys = await photos.ListAsync(cancellation).Select(file => file.Key).ToListAsync(cancellation);
            return PhotoListing.OfKeys(keys, extensions, recursive);
        }
        if (recursive && !Directory.Exists(root.Path))
            line.InvocationConfiguration.Error.WriteLine($"the folder of the photos, {root.Path}, does not exist: the list will be empty");
        return recursive ? PhotoListing.Recursive(root.Path, extensions) : PhotoListing.Flat(root.Path, extensions);
    }

    private static async Task<int> PackAsync(
        ParseResult line, StagedPath prefix, StorageLocation root, IStorage? photos, CancellationToken cancellation)
    {
        var output = line.InvocationConfiguration.Output;
        var error = line.InvocationConfiguration.Error;
        await prefix.FetchListsAsync(cancellation);
        var lists = ListFinder.Find(prefix.LocalPath);
        if (lists.Count == 0)
            output.WriteLine($"Did not find and list file with prefix {prefix.AddressOf(prefix.LocalPath)}");
        if (photos is null && !Directory.Exists(root.Path))
            error.WriteLine($"the folder of the photos, {root.Path}, does not exist");
        var total = new PackResult(0, 0, 0, 0);
        foreach (var list in lists)
        {
            output.WriteLine($"Creating .rec file from {prefix.AddressOf(list)} in {Path.GetDirectoryName(list)}");
            total += await Task.Run(() => Packer(line, list, root, photos).Pack(list, cancellation: cancellation), CancellationToken.None);
            await prefix.PublishAsync([Path.ChangeExtension(list, ".idx"), Path.ChangeExtension(list, ".rec")], cancellation);
        }
        error.WriteLine(Summary(total));
        return total.IsComplete || Options.SkipsBad(line) ? ExitCode.Done : ExitCode.Failed;
    }

    private static ListPacker Packer(ParseResult line, string list, StorageLocation root, IStorage? photos)
    {
        var options = Options.PackOptionsOf(line);
        var printer = new PackPrinter(list, line.InvocationConfiguration.Output, line.InvocationConfiguration.Error);
        return photos is null ? new ListPacker(root.Path, options, printer) : new ListPacker(photos, options, printer);
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
