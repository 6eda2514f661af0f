namespace SockSort.Training.Augmentation;

/// <summary>
/// The chance behind one picture: the same seed gives the same pictures on every machine and with any number of
/// threads. SplitMix64 (Steele, Lea, Flood 2014).
/// </summary>
/// <remarks>One thread at a time.</remarks>
public sealed class SampleRandom
{
    // Normal numbers are drawn from a table: 150 000 of them go into one noisy picture.
    private const int NormalBits = 12;
    private static readonly float[] Normals = MakeNormals();

    private ulong _state;

    /// <param name="seed">Of the whole run.</param>
    /// <param name="stream">Which of its independent sequences, such as the number of the picture.</param>
    public SampleRandom(int seed, int stream) => _state = ((ulong)(uint)seed << 32 | (uint)stream) ^ 0xD1B54A32D192ED03;

    private SampleRandom(ulong state) => _state = state;

    /// <summary>A sequence of its own that follows from this one.</summary>
    public SampleRandom Split() => new(Next());

    public ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>Even in <c>[low, high)</c>.</summary>
    public float Between(float low, float high) => low + (high - low) * ((Next() >> 40) * (1f / (1 << 24)));

    /// <summary>A whole number in <c>[0, count)</c>.</summary>
    public int Below(int count) => (int)((Next() >> 32) * (ulong)count >> 32);

    /// <summary>True with the given probability.</summary>
    public bool Chance(float probability) => Between(0, 1) < probability;

    /// <summary>Adds noise of the given standard deviation to every value.</summary>
    public void AddNormal(Span<float> values, float sigma)
    {
        const int PerDraw = 64 / NormalBits;
        var bits = 0UL;
        for (var i = 0; i < values.Length; i++)
        {
            bits = i % PerDraw == 0 ? Next() : bits >> NormalBits;
            values[i] += sigma * Normals[bits & ((1 << NormalBits) - 1)];
        }
    }

    /// <summary>Normal numbers with mean 0 and deviation 1, by Box and Muller from evenly spread points.</summary>
    private static float[] MakeNormals()
    {
        var table = new float[1 << NormalBits];
        for (var i = 0; i < table.Length; i += 2)
        {
            // The radius runs through its quantiles, the angle by the golden ratio.
            var radius = Math.Sqrt(-2 * Math.Log((i + 1.0) / (table.Length + 1)));
            var angle = 2 * Math.PI * (i * 0.6180339887498949 % 1);
            table[i] = (float)(radius * Math.Cos(angle));
            table[i + 1] = (float)(radius * Math.Sin(angle));
        }
        return table;
    }
}
