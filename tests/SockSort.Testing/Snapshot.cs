namespace SockSort.Testing;

/// <summary>Compares a text with an approved file; a changed one is written beside it as <c>.received</c>.</summary>
public static class Snapshot
{
    /// <param name="path">The approved file, relative to the checkout's root (<c>tests/SockSort.Sql.Tests/Parsing/x.txt</c>).</param>
    /// <param name="actual">What came out; line ends are compared as LF.</param>
    public static void Matches(string path, string actual)
    {
        var approved = Repository.PathOf(path);
        var received = Path.ChangeExtension(approved, ".received" + Path.GetExtension(approved));
        var text = actual.ReplaceLineEndings("\n");
        var expected = File.Exists(approved) ? File.ReadAllText(approved).ReplaceLineEndings("\n") : "";
        if (text == expected)
        {
            File.Delete(received);
            return;
        }
        Directory.CreateDirectory(Path.GetDirectoryName(received)!);
        File.WriteAllText(received, text);
        Assert.Fail($"{path} differs: compare it with {Path.GetFileName(received)}; if the new text is right, move it over the old "
            + $"one\n{FirstDifference(expected, text)}");
    }

    private static string FirstDifference(string expected, string actual)
    {
        string[] before = expected.Split('\n'), after = actual.Split('\n');
        var line = before.Zip(after).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"line {line + 1}\n  expected: {before.ElementAtOrDefault(line) ?? "(end)"}\n  received: "
            + $"{after.ElementAtOrDefault(line) ?? "(end)"}";
    }
}
