namespace SockSort.Cli.Tests;

/// <summary>One command line run in the test's own process, with what it printed.</summary>
internal sealed record CliRun(int ExitCode, string Output, string Error)
{
    public static async Task<CliRun> InvokeAsync(params string[] args)
    {
        var output = new StringWriter();
        var error = new StringWriter();
        var exitCode = await CommandLine.RunAsync(args, TextWriter.Synchronized(output), TextWriter.Synchronized(error));
        return new CliRun(exitCode, output.ToString(), error.ToString());
    }

    public string LastError => Error.TrimEnd('\n').Split('\n')[^1];
}
