using System.CommandLine;

namespace SockSort.Cli.Output;

/// <summary>The option <c>--moved</c> of the commands that run connectors over a data folder.</summary>
internal static class MovedOption
{
    public static Option<bool> Create() => new("--moved")
    {
        Description =
            "The data folder was moved here from another machine or disk, and is used nowhere else: connectors go on with what "
                + "brokers keep for them there",
    };
}
