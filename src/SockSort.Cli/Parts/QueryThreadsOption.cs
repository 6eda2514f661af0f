using System.CommandLine;
using SockSort.Cli.Output;
using SockSort.Sql.Engine.Settings;

namespace SockSort.Cli.Parts;

/// <summary>The option <c>--threads</c> of commands that run queries.</summary>
internal static class QueryThreadsOption
{
    public static Option<int> Create() => new Option<int>("--threads")
    {
        Description = "Threads that work on queries; those beside the first read ahead what waits in topics of several partitions",
        DefaultValueFactory = _ => 1,
        HelpName = "N",
    }.Within(1, SqlEngineOptions.MostThreads);
}
