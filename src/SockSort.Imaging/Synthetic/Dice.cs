namespace SockSort.Imaging.Synthetic;

/// <summary>
/// Random numbers that stay the same on every system and version of .NET: SplitMix64 (Steele, Lea, Flood, 2014).
/// A stream is named by a row of numbers (seed, purpose, index), so that each picture has its own and order does not matter.
/// </summary>
internal sealed class Dice
{
    private const ulong Step = 0x9E3779B97F4A7C15;

    private ulong _state;

    public Dice(params ReadOnlySpan<long> stream)
    {
        foreach (var number in stream)
            _state = Mix(_state + Step + (ulong)number);
    }

    public ulong Next() => Mix(_state += Step);

    /// <summary>A number from 0 to below 1.</summary>
    public double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

    public float Between(double low, double high) => (float)(low + ((high - low) * Unit()));

    /// <summary>0 to below <paramref name="count"/>, which is at least 1.</summary>
    public int Below(int count) => (int)(Next() % (ulong)count);

    public bool Chance(double share) => Unit() < share;

    public T Pick<T>(IReadOnlyList<T> from) => from[Below(from.Count)];

    /// <summary>Normal distribution, mean 0, deviation 1 (Box-Muller).</summary>
    public double Bell() => Math.Sqrt(-2 * Math.Log(1 - Unit())) * Math.Cos(2 * Math.PI * Unit());

    /// <summary>Shuffles in place (Fisher-Yates).</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (var last = items.Length - 1; last > 0; last--)
        {
            var other = Below(last + 1);
            (items[last], items[other]) = (items[other], items[last]);
        }
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
