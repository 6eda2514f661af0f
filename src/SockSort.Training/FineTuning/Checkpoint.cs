using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace SockSort.Training.FineTuning;

/// <summary>A file from which an interrupted training goes on as if it had not been interrupted.</summary>
/// <remarks>
/// Layout, little-endian: 8 bytes <c>SOCKCKP1</c>; 32 bytes key; steps (int32); a loss a step (float32); for each parameter its
/// numbers, then for each its running mean, then its running mean square (float32); SHA-256 of all before it.
/// </remarks>
/// <param name="path">Of the file.</param>
/// <param name="key">What the steps follow from (photos, settings, backbone, program): a file with another key is not used.</param>
/// <param name="every">How often it is written.</param>
/// <param name="time">Measures it.</param>
internal sealed class Checkpoint(string path, byte[] key, TimeSpan every, TimeProvider time)
{
    private static readonly byte[] Magic = "SOCKCKP1"u8.ToArray();

    private long _saved = time.GetTimestamp();

    /// <summary>SHA-256 of texts.</summary>
    public static byte[] KeyOf(params ReadOnlySpan<string> parts) => SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts)));

    /// <summary>Puts network and optimiser where the last run left them.</summary>
    /// <returns>The losses of the steps that are done; null = there is no file, or it belongs to another training, or is damaged.</returns>
    public List<float>? Restore(ITunedNetwork network, AdamW optimizer)
    {
        if (!File.Exists(path))
            return null;
        var bytes = File.ReadAllBytes(path);
        var head = Magic.Length + key.Length + sizeof(int);
        var numbers = network.Parameters.Sum(parameter => parameter.Span.Length) * 3L;
        if (bytes.Length < head + SHA256.HashSizeInBytes || !bytes.AsSpan().StartsWith(Magic)
            || !bytes.AsSpan(Magic.Length).StartsWith(key))
            return null;
        var content = bytes.AsSpan(..^SHA256.HashSizeInBytes);
        var steps = BitConverter.ToInt32(bytes, head - sizeof(int));
        if (content.Length != head + (long)sizeof(float) * (steps + numbers)
            || !SHA256.HashData(content).AsSpan().SequenceEqual(bytes.AsSpan(content.Length)))
            return null;
        ReadOnlySpan<float> rest = MemoryMarshal.Cast<byte, float>(content[head..]);
        List<float> losses = [.. rest[..steps]];
        rest = rest[steps..];
        foreach (var parameter in network.Parameters)
        {
            rest = Take(rest, parameter.Span);
            parameter.Publish();
        }
        foreach (var values in optimizer.State)
            rest = Take(rest, values.Span);
        optimizer.Steps = steps;
        return losses;
    }

    /// <summary>Writes the file when the last time is long enough ago.</summary>
    public void SaveWhenDue(ITunedNetwork network, AdamW optimizer, IReadOnlyList<float> losses)
    {
        if (time.GetElapsedTime(_saved) < every)
            return;
        Save(network, optimizer, losses);
        _saved = time.GetTimestamp();
    }

    /// <summary>Writes beside it and renames when whole; where that fails, nothing is left of it and the older file stays.</summary>
    /// <exception cref="IOException">The disk is full, or the folder cannot be written to.</exception>
    public void Save(ITunedNetwork network, AdamW optimizer, IReadOnlyList<float> losses)
    {
        var partial = path + ".partial";
        _ = Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        try
        {
            Write(partial, network, optimizer, losses);
            File.Move(partial, path, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    /// <summary>Removes the file, and what is left of one that was being written.</summary>
    public static void Remove(string path)
    {
        // Deleting is an error where even the folder is missing: nothing was kept then.
        foreach (var file in (string[])[path, path + ".partial"])
        {
            if (File.Exists(file))
                File.Delete(file);
        }
    }

    private void Write(string partial, ITunedNetwork network, AdamW optimizer, IReadOnlyList<float> losses)
    {
        using var file = new FileStream(partial, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(Magic);
        Add(key);
        Add(BitConverter.GetBytes(losses.Count));
        Add(MemoryMarshal.AsBytes<float>(losses.ToArray()));
        foreach (var parameter in network.Parameters)
            Add(MemoryMarshal.AsBytes(parameter.Span));
        foreach (var values in optimizer.State)
            Add(MemoryMarshal.AsBytes(values.Span));
        file.Write(hash.GetHashAndReset());
        file.Flush(flushToDisk: true);

        void Add(ReadOnlySpan<byte> bytes)
        {
            hash.AppendData(bytes);
            file.Write(bytes);
        }
    }

    private static ReadOnlySpan<float> Take(ReadOnlySpan<float> from, Span<float> to)
    {
        from[..to.Length].CopyTo(to);
        return from[to.Length..];
    }
}
