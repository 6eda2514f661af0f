using System.Globalization;
using System.Text;
using SockSort.Log;

namespace SockSort.Bench.Sql;

/// <summary>Generates the records that the Kafka Streams peer loads: the same bytes for the same seed.</summary>
/// <remarks>
/// Record i: timestamp 1700000000000 + 250 i ms, no key; x = next of SplitMix64 (state from the seed); label = LABELS[(x &gt;&gt;&gt; 33)
/// mod 8]; probability = (5000 + (x and 0xFFFFFFF) mod 5000) / 100.
/// </remarks>
internal sealed class SockRecords(long seed)
{
    public const string Blank = "Blank";
    public const long FirstTimestampMs = 1_700_000_000_000;
    public const long StepMs = 250;

    public static readonly string[] Labels = [Blank, "Google", "Kafka", "Java", "Debian", "Docker", "GitHub", "Linux"];

    private ulong _state = unchecked((ulong)seed);
    private long _number;

    /// <summary>The next record and its label.</summary>
    public (string Label, NewRecord Record) Next()
    {
        var x = NextRandom();
        var label = Labels[(int)((x >> 33) % 8)];
        var hundredths = 5000 + ((x & 0xFFFFFFF) % 5000);
        var value = string.Create(
            CultureInfo.InvariantCulture, $"{{\"image\":\"{label}\",\"probability\":{hundredths / 100}.{hundredths % 100:00}}}");
        var record = new NewRecord(Key: null, Encoding.UTF8.GetBytes(value), FirstTimestampMs + (_number * StepMs));
        _number++;
        return (label, record);
    }

    private ulong NextRandom()
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15;
            var z = _state;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
}
