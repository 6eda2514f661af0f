namespace SockSort.Dataset.Checking;

/// <summary>What the check holds photos against.</summary>
public sealed record CheckOptions
{
    /// <summary>A shorter side below this is tiny; 64 pixels by default.</summary>
    public int SmallestSide { get; init; } = 64;

    /// <summary>A sharpness below this is blurred; 15 by default.</summary>
    public double LowestSharpness { get; init; } = 15;

    /// <summary>Fingerprints that differ in at most this many of 128 bits are near duplicates; 0 to 15, 8 by default.</summary>
    public int NearBits { get; init; } = 8;

    /// <summary>A class with less than this share of the largest class's photos is unbalanced; half by default.</summary>
    public double LeastShare { get; init; } = 0.5;

    /// <summary>
    /// Lists that say which photo is for what: <c>sock</c> for <c>sock_train.lst</c> and <c>sock_val.lst</c>. Without it, top folders
    /// called train, val or test say it.
    /// </summary>
    public string? ListPrefix { get; init; }

    /// <summary>Photos looked at at once; by default one per processor.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;
}
