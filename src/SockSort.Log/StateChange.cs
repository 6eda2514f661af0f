namespace SockSort.Log;

/// <summary>A change of what a consumer keeps: opaque bytes under a key.</summary>
/// <param name="Owner">The consumer.</param>
/// <param name="Value">In place of an earlier one; null removes the key.</param>
public sealed record StateChange(string Owner, byte[] Key, byte[]? Value);
