namespace SockSort.Host.Parts;

/// <summary>The state of a part at one moment.</summary>
/// <param name="Name">The part's name, as <c>log</c> or <c>camera desk</c>.</param>
/// <param name="Health">The health that the part reports.</param>
public sealed record PartStatus(string Name, PartHealth Health);
