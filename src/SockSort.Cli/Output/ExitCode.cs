namespace SockSort.Cli.Output;

/// <summary>The exit codes of commands.</summary>
internal static class ExitCode
{
    /// <summary>The work is done.</summary>
    public const int Done = 0;

    /// <summary>The work failed.</summary>
    public const int Failed = 1;

    /// <summary>The command line, or the configuration that it names, is wrong: nothing was started.</summary>
    public const int WrongUsage = 2;
}
