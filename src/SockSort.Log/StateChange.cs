namespace SockSort.Log;

/// <summary>A change of one entry of a consumer's state, which is a map of opaque bytes.</summary>
/// <param name="Owner">The consumer's name.</param>
/// <param name="Value">The new value, which replaces an earlier one; null removes the key.</param>
public sealed record StateChange(string Owner, byte[] Key, byte[]? Value);
