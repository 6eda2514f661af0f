namespace SockSort.Cli.Output;

/// <summary>What a command ends with.</summary>
internal static class ExitCode
{
    /// <summary>All is done.</summary>
    public const int Done = 0;

    /// <summary>The work failed.</summary>
    public const int Failed = 1;

    /// <summary>The command line, or the configuration that it names, is wrong: nothing was begun.</summary>
    public const int WrongUsage = 2;
}
