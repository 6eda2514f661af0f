using System.Globalization;

namespace SockSort.Bench.Sql;

/// <summary>The processor time that the threads of this process have taken, by Linux's own account; nothing on other systems.</summary>
/// <remarks>
/// The clock tells little of several threads while other programs want the processors. What the busiest one takes is the time that the work
/// would take if each had a processor to itself.
/// </remarks>
internal static class ThreadTimes
{
    private const string Tasks = "/proc/self/task";

    // The rest is the runtime's housekeeping.
    private const double Least = 0.01;

    // .NET's compiler, which has nothing to do any more once a program runs for a while.
    private const string Compiler = ".NET Tiered";

    /// <summary>Seconds of each thread so far, by its number.</summary>
    public static Dictionary<string, double> Now()
    {
        var times = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var task in Directory.Exists(Tasks) ? Directory.GetDirectories(Tasks) : [])
        {
            try
            {
                if (File.ReadAllText(Path.Combine(task, "comm")).StartsWith(Compiler, StringComparison.Ordinal))
                    continue;
                var nanoseconds = File.ReadAllText(Path.Combine(task, "schedstat")).Split(' ')[0];
                times[Path.GetFileName(task)] = long.Parse(nanoseconds, CultureInfo.InvariantCulture) / 1e9;
            }
            catch (IOException)
            {
                // The thread has ended.
            }
        }
        return times;
    }

    /// <summary>Seconds that each thread has taken since then, the busiest first, without those that did next to nothing.</summary>
    public static IReadOnlyList<double> Since(Dictionary<string, double> before) =>
        [.. Now().Select(task => task.Value - before.GetValueOrDefault(task.Key)).Where(seconds => seconds >= Least).OrderDescending()];
}
