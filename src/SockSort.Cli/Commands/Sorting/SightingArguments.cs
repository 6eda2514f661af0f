using System.CommandLine;

namespace SockSort.Cli.Commands.Sorting;

/// <summary>What commands that correct a sighting have in common.</summary>
internal static class SightingArguments
{
    public static Argument<string> Sighting() => new("SIGHTING") { Description = "Its id, as 'socksort sorting sightings' shows it" };

    public static Option<string?> Was() => new("--was")
    {
        Description = "To correct a sighting once more: what it counts as now; '' where it was forgotten",
        HelpName = "SOCK",
    };
}
