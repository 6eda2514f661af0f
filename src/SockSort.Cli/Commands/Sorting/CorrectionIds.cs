using System.CommandLine;
using SockSort.Sorting.Ledger;

namespace SockSort.Cli.Commands.Sorting;

/// <summary>What the commands of corrections have in common.</summary>
internal static class CorrectionIds
{
    public static Argument<string> Sighting() => new("SIGHTING") { Description = "Its id, as 'socksort sorting sightings' shows it" };

    public static Option<string?> Was() => new("--was")
    {
        Description = "To correct a sighting once more: what it counts as now; '' where it was forgotten",
        HelpName = "SOCK",
    };

    /// <summary>A correction with an id of its own.</summary>
    public static Correction New(CorrectionKind kind) => new(Guid.NewGuid().ToString("n"), kind, AtMs: 0);
}
