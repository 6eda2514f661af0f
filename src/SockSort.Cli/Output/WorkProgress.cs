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
        Terminal.IsLive
            ? AnsiConsole.Progress().StartAsync(context =>
            {
                var task = context.AddTask(title, maxValue: total);
                return Task.Run(() => work(new Report(done => task.Value = done)));
            })
            : Task.Run(() => work(new Report(done => PrintQuarter(title, done, total, unit))));

    private static void PrintQuarter(string title, int done, int total, string unit)
    {
        if (done * 4L / total > (done - 1) * 4L / total)
            Console.WriteLine($"{title}: {done} of {total} {unit}");
    }

    /// <summary>Unlike <see cref="Progress{T}"/> it reports at once, on the thread that works: lines stay in order.</summary>
    private sealed class Report(Action<int> tell) : IProgress<int>
    {
        void IProgress<int>.Report(int value) => tell(value);
    }
}
