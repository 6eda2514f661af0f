namespace SockSort.Host.Parts;

/// <summary>A part at this moment.</summary>
/// <param name="Name">As in <c>log</c> or <c>camera desk</c>.</param>
/// <param name="Health">As it says itself.</param>
public sealed record PartStatus(string Name, PartHealth Health);
