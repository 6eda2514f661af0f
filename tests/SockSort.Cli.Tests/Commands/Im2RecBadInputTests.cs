using System.Security.Cryptography;
using System.Text.Json;
using SockSort.Cli.Output;
using SockSort.Testing;

namespace SockSort.Cli.Tests.Commands;

/// <summary>
/// im2rec's bad input, each folder under <c>goldens/im2rec/bad</c> a case: what it could pack has the same bytes, and the run ends well.
/// </summary>
public sealed class Im2RecBadInputTests
{
    public static TheoryData<string> CaseNames
    {
        get
        {
            var folder = Path.GetFullPath(Path.Combine(Repository.Root, "..", "shared", "goldens", "im2rec", "bad"));
            return Directory.Exists(folder)
                ? [.. Directory.GetDirectories(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)]
                : ["(goldens absent)"];
        }
    }

    /// <summary>Cases that end with another status than im2rec, and why.</summary>
    private static readonly Dictionary<string, int> OtherStatus = new()
    {
        // A size that nothing can be resized to is a wrong option, before anything is touched.
        ["resize_negative"] = ExitCode.WrongUsage,
        ["resize_negative_threads2"] = ExitCode.WrongUsage,
        // im2rec hangs.
        ["not_utf8__threads2"] = ExitCode.Done,
        // A line that names no photo is a loss, as a photo is; with more threads both are passed over, as in im2rec.
        ["bom__threads1"] = ExitCode.Failed,
        ["id_forms__threads1"] = ExitCode.Failed,
        ["id_not_a_number__threads1"] = ExitCode.Failed,
        ["id_with_fraction__threads1"] = ExitCode.Failed,
        ["label_empty__threads1"] = ExitCode.Failed,
        ["label_forms__threads1"] = ExitCode.Failed,
        ["label_not_a_number__threads1"] = ExitCode.Failed,
        ["spaces_instead_of_tabs__threads1"] = ExitCode.Failed,
        ["two_columns__threads1"] = ExitCode.Failed,
    };

    [Theory]
    [MemberData(nameof(CaseNames))]
    public async Task What_im2rec_could_pack_is_packed_to_the_same_bytes_and_the_rest_is_named(string name)
    {
        var goldens = Repository.Shared("goldens/im2rec/bad");
        using var folder = new TempFolder();
        CopyLists(Path.Combine(goldens, name), folder.Path);
        var printed = File.ReadAllLines(Path.Combine(goldens, name, "printed.txt"));
        var status = int.TryParse(printed[1].Split(": ")[1], out var number) ? number : -1;

        var run = await CliRun.InvokeAsync(Arguments(printed[0], folder));

        Assert.Equal(OtherStatus.GetValueOrDefault(name, status), run.ExitCode);
        Assert.Equal(Expected(name, folder), Sums(folder.Path));
        Assert.Equal(
            $"{(run.ExitCode == ExitCode.WrongUsage ? "" : Printed(printed, folder))}",
            string.Join('\n', run.Output.Split('\n').Where(line => !line.StartsWith("time: ", StringComparison.Ordinal))).TrimEnd('\n'));
        Snapshot.Matches($"tests/SockSort.Cli.Tests/Commands/Im2RecBadInput/{name}.txt", Anonymous(run.Error, folder));
    }

    private static string[] Arguments(string command, TempFolder folder)
    {
        var words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries)[2..];
        words[^2] = folder.File(words[^2]);
        words[^1] = words[^1] == "no-such-folder" ? folder.File(words[^1]) : Repository.Shared(words[^1]);
        return ["im2rec", .. words];
    }

    private static void CopyLists(string from, string to)
    {
        foreach (var path in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, path));
            if (Path.GetFileName(path) is "printed.txt" || Path.GetExtension(path) is ".idx" || Path.GetFileName(from) == "_list")
                continue;
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.WriteAllBytes(target, File.ReadAllBytes(path));
        }
    }

    /// <summary>
    /// What im2rec left behind. With one thread it stops at the first photo at fault, so the run with two, which goes on, tells what could
    /// be packed.
    /// </summary>
    private static SortedDictionary<string, string> Expected(string name, TempFolder folder)
    {
        if (name.StartsWith("not_utf8", StringComparison.Ordinal))
            name = "crlf_line_ends__threads2"; // the same two good photos
        if (name.StartsWith("resize_negative", StringComparison.Ordinal))
            return [];
        var twin = name.Replace("threads1", "threads2", StringComparison.Ordinal);
        using var table = JsonDocument.Parse(File.ReadAllText(Repository.Shared("goldens/im2rec/bad/left_behind.json")));
        var left = table.RootElement.EnumerateArray().First(row => row.GetProperty("case").GetString() == twin).GetProperty("left");
        var sums = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in left.EnumerateObject())
        {
            if (file.Name.EndsWith(".rec", StringComparison.Ordinal))
                sums[file.Name] = file.Value.GetProperty("sha256").GetString()!;
            else if (file.Name.EndsWith(".idx", StringComparison.Ordinal))
                sums[file.Name] = file.Value.GetString()!;
        }
        return sums;
    }

    private static SortedDictionary<string, string> Sums(string folder)
    {
        var sums = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in Directory.GetFiles(folder, "*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(folder, path);
            if (name.EndsWith(".rec", StringComparison.Ordinal))
                sums[name] = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));
            else if (name.EndsWith(".idx", StringComparison.Ordinal))
                sums[name] = File.ReadAllText(path);
        }
        return sums;
    }

    /// <summary>im2rec's output without its faults: those go to the error stream, and the note on threads is not true of us.</summary>
    private static string Printed(string[] lines, TempFolder folder)
    {
        var kept = lines.SkipWhile(line => line != "--- stdout").Skip(1).TakeWhile(line => line != "--- stderr")
            .Where(line => !line.StartsWith("time: ", StringComparison.Ordinal)
                && !line.StartsWith("multiprocessing not available", StringComparison.Ordinal)
                && !line.StartsWith("lst should have", StringComparison.Ordinal)
                && !line.StartsWith("Parsing lst met", StringComparison.Ordinal)
                && !line.StartsWith("pack_img error", StringComparison.Ordinal)
                && !line.StartsWith("imread read blank", StringComparison.Ordinal));
        return string.Join('\n', kept.Order(StringComparer.Ordinal)).Replace("{DIR}", folder.Path, StringComparison.Ordinal);
    }

    private static string Anonymous(string error, TempFolder folder) => error
        .Replace(folder.Path, "{DIR}", StringComparison.Ordinal)
        .Replace(Path.GetFullPath(Path.Combine(Repository.Root, "..", "shared")), "{SHARED}", StringComparison.Ordinal);
}
