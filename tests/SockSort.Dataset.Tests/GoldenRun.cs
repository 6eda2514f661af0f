using System.Globalization;
using SockSort.Testing;

namespace SockSort.Dataset.Tests;

/// <summary>One run of im2rec as its golden folder tells it: the command line, what was printed, what was left behind.</summary>
internal sealed class GoldenRun
{
    private readonly string _folder;
    private readonly string[] _lines;

    private GoldenRun(string folder)
    {
        _folder = folder;
        _lines = File.ReadAllLines(Path.Combine(folder, "printed.txt"));
        Arguments = _lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries)[2..];
        ExitStatus = int.TryParse(_lines[1].Split(": ")[1], out var status) ? status : -1;
    }

    /// <summary>All that follows <c>im2rec.py</c>.</summary>
    public string[] Arguments { get; }

    /// <summary>-1 where im2rec hung and was killed.</summary>
    public int ExitStatus { get; }

    public string Prefix => Arguments[^2];

    /// <summary>The case's folder.</summary>
    public string Folder => _folder;

    /// <summary>What im2rec printed on its standard output.</summary>
    public IEnumerable<string> PrintedLines =>
        _lines.SkipWhile(line => line != "--- stdout").Skip(1).TakeWhile(line => line != "--- stderr");

    public IReadOnlyList<string> Extensions
    {
        get
        {
            var at = Array.IndexOf(Arguments, "--exts");
            return at < 0
                ? [".jpeg", ".jpg", ".png"]
                : [.. Arguments[(at + 1)..^2].TakeWhile(word => !word.StartsWith("--", StringComparison.Ordinal))];
        }
    }

    /// <param name="relative">Below the goldens: <c>lst/train80</c>.</param>
    public static GoldenRun Read(string relative) => new(Goldens.PathOf(relative));

    public bool Has(string option) => Arguments.Contains(option);

    public double Number(string option, double missing)
    {
        var at = Array.IndexOf(Arguments, option);
        return at < 0 ? missing : double.Parse(Arguments[at + 1], CultureInfo.InvariantCulture);
    }

    public string Word(string option, string missing)
    {
        var at = Array.IndexOf(Arguments, option);
        return at < 0 ? missing : Arguments[at + 1];
    }

    /// <summary>The case's files of one extension, by name.</summary>
    public SortedDictionary<string, string> Texts(string extension) => new(
        Directory.GetFiles(_folder, "*" + extension).ToDictionary(path => Path.GetFileName(path), File.ReadAllText),
        StringComparer.Ordinal);

    /// <summary>The photos' folder of the run: shared, or made of empty files where the case has only their names.</summary>
    public string PrepareRoot(TempFolder folder)
    {
        var name = Arguments[^1];
        if (name == "{ROOT}")
            return MakeTree(folder.File("root"));
        return name == "no-such-folder" ? folder.File(name) : Repository.Shared(name);
    }

    private string MakeTree(string root)
    {
        Directory.CreateDirectory(root);
        var tree = Path.Combine(_folder, "tree.txt");
        foreach (var line in File.Exists(tree) ? File.ReadAllLines(tree) : FlatNames())
            MakeEntry(root, line.Split(" -> "));
        return root;
    }

    private IEnumerable<string> FlatNames()
    {
        var count = int.Parse(Path.GetFileName(_folder)["flat_".Length..], CultureInfo.InvariantCulture);
        return Enumerable.Range(0, count).Select(i => $"f{i:0000}.jpg");
    }

    private static void MakeEntry(string root, string[] entry)
    {
        var path = Path.Combine(root, entry[0]);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (entry.Length == 2)
            File.CreateSymbolicLink(path, entry[1]);
        else if (!entry[0].EndsWith('/'))
            File.WriteAllBytes(path, []);
    }
}
