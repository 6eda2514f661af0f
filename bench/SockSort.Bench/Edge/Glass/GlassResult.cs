using System.Globalization;

namespace SockSort.Bench.Edge.Glass;

/// <summary>A whole run from glass to glass.</summary>
/// <param name="Given">Pictures that the camera gave.</param>
/// <param name="Messages">Messages that came to the broker.</param>
/// <param name="Fewest">Pictures of the viewer that got the fewest, among those that read as fast as they can.</param>
/// <param name="FewestSlow">The same among those that read slowly; 0 where there are none.</param>
/// <param name="Unreadable">Pictures whose clock could not be read.</param>
/// <param name="OutOfOrder">Pictures that were older than the one before at the same viewer.</param>
/// <param name="EdgeProcessor">Processors that the edge took, 1 = a whole one.</param>
public sealed record GlassResult(
    long Given, long Messages, long Fewest, long FewestSlow, long Unreadable, long OutOfOrder, double EdgeProcessor)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Given} pictures of the camera, {Messages} messages, at least {Fewest} pictures at each viewer and {FewestSlow} at each slow "
            + $"one, {Unreadable} unreadable, {OutOfOrder} out of order; the edge took {EdgeProcessor:0.00} processors");
}
