namespace SockSort.Shared;

/// <summary>Writes a file that is either the old or the new one at every moment, also after a power cut.</summary>
public static class DurableFile
{
    /// <exception cref="IOException">The folder is missing, cannot be written, or is full.</exception>
    public static void Write(string path, byte[] bytes)
    {
        using var file = PartialFile.Create(path);
        file.Stream.Write(bytes);
        // Else a power cut soon after could leave the new name with no bytes behind it.
        file.Stream.Flush(flushToDisk: true);
        file.Finish();
        file.Publish();
    }
}
