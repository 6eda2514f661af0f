namespace SockSort.Dataset.Lists;

/// <summary>How a list is cut into files; im2rec's <c>--chunks --train-ratio --test-ratio</c>.</summary>
/// <remarks>Sizes are products of IEEE doubles, cut off; they count from a whole chunk also for a last one that is shorter.</remarks>
public sealed record ListSplit
{
    /// <summary>Number of chunks, at least 1.</summary>
    public int Chunks { get; init; } = 1;

    /// <summary>Share for training; 1 means that a chunk is one file, whatever <see cref="TestRatio"/> is.</summary>
    public double TrainRatio { get; init; } = 1;

    /// <summary>The share of the photos that is for testing.</summary>
    public double TestRatio { get; init; }

    /// <summary>The files in the order in which im2rec writes them: what follows the prefix, and which of the photos.</summary>
    /// <remarks>With ratios that sum to 1 or more, the photos that rounding leaves over are in no file; see <see cref="Lost"/>.</remarks>
    public IEnumerable<(string Suffix, Range Photos)> Files(int count)
    {
        var chunk = ChunkSize(count);
        for (var i = 0; i < Chunks; i++)
        {
            var start = Math.Min((long)i * chunk, count);
            var end = Math.Min(start + chunk, count);
            foreach (var (part, from, to) in Parts(chunk))
                yield return ((Chunks > 1 ? $"_{i}" : "") + part, Cut(start, end, from, to));
        }
    }

    /// <summary>How many of <paramref name="count"/> photos end up in no file.</summary>
    public int Lost(int count) => count - Files(count).Sum(file => file.Photos.End.Value - file.Photos.Start.Value);

    /// <summary>Photos in a whole chunk: the count through <see cref="Chunks"/>, rounded up.</summary>
    public int ChunkSize(int count) => (int)(((long)count + Chunks - 1) / Chunks);

    /// <summary>Photos of a whole chunk for training.</summary>
    public long TrainSize(int count) => (long)(ChunkSize(count) * TrainRatio);

    /// <summary>Photos of a whole chunk for testing.</summary>
    public long TestSize(int count) => (long)(ChunkSize(count) * TestRatio);

    /// <summary>Whether the rest of each chunk goes into a file for validation.</summary>
    public bool HasValidation => TrainRatio != 1 && TrainRatio + TestRatio < 1;

    private IEnumerable<(string Part, long? From, long? To)> Parts(int chunk)
    {
        if (TrainRatio == 1)
        {
            yield return ("", null, null);
            yield break;
        }
        var test = (long)(chunk * TestRatio);
        var train = (long)(chunk * TrainRatio);
        if (TestRatio != 0)
            yield return ("_test", null, test);
        if (HasValidation)
            yield return ("_val", test + train, null);
        yield return ("_train", test, test + train);
    }

    /// <summary>Cuts as Python's <c>chunk[from:to]</c>: a negative bound counts from the end, all are brought into the chunk.</summary>
    private static Range Cut(long start, long end, long? from, long? to)
    {
        var length = end - start;
        var first = Bound(from ?? 0, length);
        var last = Math.Max(first, Bound(to ?? length, length));
        return (int)(start + first)..(int)(start + last);
    }

    private static long Bound(long index, long length) => Math.Clamp(index < 0 ? index + length : index, 0, length);
}
