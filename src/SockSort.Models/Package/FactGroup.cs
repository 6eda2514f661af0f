namespace SockSort.Models.Package;

/// <summary>Facts to show, under a heading.</summary>
/// <param name="Heading">What they are about.</param>
/// <param name="Facts">In the order in which they are shown.</param>
public sealed record FactGroup(string Heading, IReadOnlyList<(string Name, string Value)> Facts);
