using System.CommandLine;
using SockSort.Models.Inference;

namespace SockSort.Cli.Output;

/// <summary><c>--threads</c> of commands that put pictures before a model.</summary>
internal static class ThreadsOption
{
    public static Option<int> Create() => new Option<int>("--threads")
    {
        Description = "Cores to use",
        DefaultValueFactory = _ => new InferenceOptions().Threads,
        HelpName = "N",
    }.Within(1, 64);
}
