namespace SockSort.Dashboard.Files;

/// <summary>A file that pages load.</summary>
/// <param name="ContentType">Its media type.</param>
/// <param name="Bytes">As it is.</param>
/// <param name="Brotli">Compressed; null where that saves nothing.</param>
/// <param name="Version">Changes with the bytes.</param>
internal sealed record PageAsset(string ContentType, byte[] Bytes, byte[]? Brotli, string Version);
