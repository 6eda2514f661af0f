using SockSort.Sorting.Topics;
using SockSort.Sql.Engine.BuiltIn;

namespace SockSort.Sorting.Queries;

/// <summary>The query that counts sightings, and puts right what users say is wrong.</summary>
public static class LedgerQuery
{
    /// <summary>Under which its offsets and its state are kept.</summary>
    public const string Id = "SORTING_LEDGER";

    // Changes with the layout of what the ledger keeps.
    private const int Version = 1;

    private const string Sightings = $"SELECT id, phase, camera, sock, seen_to FROM {SortingNames.Sightings} EMIT CHANGES";

    private const string Corrections = $"""
        SELECT id, kind, sighting, sock, into_sock, was FROM {SortingNames.Corrections} EMIT CHANGES
        """;

    public static BuiltInQuery Make() => new()
    {
        Id = Id,
        Version = Version,
        Inputs = [Sightings, Corrections],
        Outputs = [.. Outputs.Select(SortingNames.InSql)],
        MakeStep = () => new LedgerStep(),
    };

    // In the order of LedgerStep's numbers.
    private static readonly string[] Outputs =
        [SortingNames.Ledger, SortingNames.Pairs, SortingNames.Washes, SortingNames.Results];
}
