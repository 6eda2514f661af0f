namespace SockSort.Dataset.Storage;

/// <summary>One file of a storage.</summary>
/// <param name="Key">Path below the storage's root, with <c>/</c>.</param>
/// <param name="LengthBytes">As the storage tells it.</param>
/// <param name="Md5">
/// Of the contents, lower-case hex; null where the storage knows it only after reading (local files) or not at all.
/// </param>
public sealed record StoredFile(string Key, long LengthBytes, string? Md5);
