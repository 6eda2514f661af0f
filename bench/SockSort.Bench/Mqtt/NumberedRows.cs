using System.Diagnostics;

namespace SockSort.Bench.Mqtt;

/// <summary>Counts the numbers that a push query gives, one by one, and measures how long each took.</summary>
/// <param name="most">They are below it.</param>
internal sealed class NumberedRows(int most)
{
    private readonly Lock _gate = new();
    private readonly bool[] _seen = new bool[most];
    private readonly SharedLatencies _latencies = new();
    private int _count;

    /// <summary>Different numbers that have come.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Rows whose number had come before, or is none.</summary>
    public int Wrong { get; private set; }

    /// <inheritdoc cref="SharedLatencies.Take"/>
    public Latencies TakeLatencies() => _latencies.Take();

    public void Take(long number, long sent, long now)
    {
        lock (_gate)
        {
            if (number < 0 || number >= most || _seen[number])
            {
                Wrong++;
                return;
            }
            _seen[number] = true;
            _count++;
            _latencies.Add(Stopwatch.GetElapsedTime(sent, now));
        }
    }
}
