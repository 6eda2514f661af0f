using System.Diagnostics;
using System.Text.RegularExpressions;

namespace SockSort.Testing;

/// <summary>Runs scripts of the kit of real servers. The running test is skipped, by name, where there is no kit.</summary>
public static partial class TestKit
{
    /// <summary>Absolute path of a script.</summary>
    public static string PathOf(string script)
    {
        var kit = Repository.Shared("testkit");
        _ = Programs.Find("java");
        return Path.Combine(kit, script);
    }

    private static readonly Dictionary<string, string> None = [];

    /// <summary>Runs a script to its end; one that fails fails the test with what it printed.</summary>
    /// <returns>The values of the <c>name=value</c> lines that it printed.</returns>
    public static Task<IReadOnlyDictionary<string, string>> RunAsync(string script, params string[] arguments) =>
        RunAsync(script, arguments, None);

    /// <inheritdoc cref="RunAsync(string, string[])"/>
    public static async Task<IReadOnlyDictionary<string, string>> RunAsync(
        string script, string[] arguments, IReadOnlyDictionary<string, string> environment) =>
        Value().Matches(await TextOfAsync(script, arguments, environment))
            .ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);

    /// <summary>As <see cref="RunAsync(string, string[])"/>.</summary>
    /// <returns>All that it printed.</returns>
    public static Task<string> TextOfAsync(string script, params string[] arguments) => TextOfAsync(script, arguments, None);

    private static async Task<string> TextOfAsync(string script, string[] arguments, IReadOnlyDictionary<string, string> environment)
    {
        // The server that a script starts keeps its pipes open: what it prints goes through a file.
        var output = Path.GetTempFileName();
        try
        {
            const string Script = "out=$1; shift; \"$@\" > \"$out\" 2>&1 < /dev/null";
            var start = new ProcessStartInfo("bash", ["-c", Script, "bash", output, PathOf(script), .. arguments]);
            foreach (var (name, value) in environment)
                start.Environment[name] = value;
            using var process = Process.Start(start)!;
            await process.WaitForExitAsync();
            var text = await File.ReadAllTextAsync(output);
            Assert.True(process.ExitCode == 0, $"{script}: {text}");
            return text;
        }
        finally
        {
            File.Delete(output);
        }
    }

    [GeneratedRegex(@"^(\w+)=(\S+)", RegexOptions.Multiline)]
    private static partial Regex Value();
}
