using Spectre.Console;

namespace SockSort.Cli.Output;

/// <summary>Progress of work of a known size: a bar on a terminal, a line per quarter elsewhere.</summary>
internal static class WorkProgress
{
    /// <param name="title">What is being done: <c>drawing</c>.</param>
    /// <param name="total">Size of the work, at least 1.</param>
    /// <param name="unit">What is counted: <c>pictures</c>.</param>
    /// <param name="work">Reports how much is done so far; runs on another thread.</param>
    public static Task<T> RunAsync<T>(string title, int total, string unit, Func<IProgress<int>, T> work) =>
        RunAsync(title, unit, Console.Out, tell => Task.Run(() => work(new Report(done => tell(done, total)))));

    /// <param name="title">What is being done.</param>
    /// <param name="unit">What is counted.</param>
    /// <param name="lines">Where lines go; <see cref="TextWriter.Null"/> where nothing may be shown.</param>
    /// <param name="work">Reports how much is done, and of how much, from any thread.</param>
    public static Task<T> RunAsync<T>(string title, string unit, TextWriter lines, Func<Action<int, int>, Task<T>> work)
    {
        if (Terminal.IsLive && ReferenceEquals(lines, Console.Out))
        {
            return AnsiConsole.Progress().StartAsync(context =>
            {
                var task = context.AddTask(title);
                return work((done, total) => (task.MaxValue, task.Value) = (total, Math.Max(task.Value, done)));
            });
        }
        var plain = TextWriter.Synchronized(lines);
        return work((done, total) => PrintQuarter(plain, title, done, total, unit));
    }

    private static void PrintQuarter(TextWriter lines, string title, int done, int total, string unit)
    {
        if (done * 4L / total > (done - 1) * 4L / total)
            lines.WriteLine($"{title}: {done} of {total} {unit}");
    }

    /// <summary>Unlike <see cref="Progress{T}"/> it reports at once, on the thread that works: lines stay in order.</summary>
    private sealed class Report(Action<int> tell) : IProgress<int>
    {
        void IProgress<int>.Report(int value) => tell(value);
    }
}
