using Spectre.Console;

namespace SockSort.Cli.Output;

/// <summary>Shows the progress of work of a known size: a bar on a terminal, otherwise a line for each quarter.</summary>
internal static class WorkProgress
{
    /// <param name="title">The name of the work: <c>drawing</c>.</param>
    /// <param name="total">The size of the work, at least 1.</param>
    /// <param name="unit">The unit of the size: <c>pictures</c>.</param>
    /// <param name="work">The work, which reports how much is done so far; it runs on another thread.</param>
    public static Task<T> RunAsync<T>(string title, int total, string unit, Func<IProgress<int>, T> work) =>
        RunAsync(title, unit, Console.Out, report => Task.Run(() => work(new Report(done => report(done, total)))));

    /// <param name="title">The name of the work.</param>
    /// <param name="unit">The unit of the size.</param>
    /// <param name="lines">Receives the lines; <see cref="TextWriter.Null"/> to show nothing.</param>
    /// <param name="work">The work, which reports how much of how much is done, on any thread.</param>
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

    /// <summary>Unlike <see cref="Progress{T}"/> it reports synchronously on the thread that works, so that lines stay in order.</summary>
    private sealed class Report(Action<int> report) : IProgress<int>
    {
        void IProgress<int>.Report(int value) => report(value);
    }
}
