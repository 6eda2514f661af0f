using SockSort.Sorting.Sightings;
using SockSort.Sorting.Topics;
using SockSort.Sql.Engine.BuiltIn;

namespace SockSort.Sorting.Queries;

/// <summary>The query that turns frames into sightings.</summary>
public static class SightingQuery
{
    /// <summary>Under which its offsets and its state are kept.</summary>
    public const string Id = "SORTING_SIGHTINGS";

    // Changes with the layout of what SightingStep keeps.
    private const int Version = 1;

    private const string Input = $"""
        SELECT image, probability, camera, ts, unknown, second, second_probability, `RUN`, seq FROM {SortingNames.Frames} EMIT CHANGES
        """;

    /// <param name="options">As tuned where it is null.</param>
    public static BuiltInQuery With(SightingOptions? options = null) => new()
    {
        Id = Id,
        Version = Version,
        Inputs = [Input],
        Outputs = [SortingNames.InSql(SortingNames.Sightings)],
        MakeStep = () => new SightingStep(options ?? new()),
    };
}
