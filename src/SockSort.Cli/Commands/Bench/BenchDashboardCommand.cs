using System.CommandLine;
using SockSort.Bench.Dashboard;
using SockSort.Cli.Output;
using static SockSort.Cli.Commands.Bench.BenchOutput;

namespace SockSort.Cli.Commands.Bench;

/// <summary><c>socksort bench dashboard</c>: measures the dashboard as a browser sees it, and what it costs the program.</summary>
internal static class BenchDashboardCommand
{
    private const string Opening = "opening";
    private const string Pairs = "pairs";
    private const string Open = "open";
    private const string Memory = "memory";

    private const int Visits = 5;

    // The first stretch fills what is bounded; what grows then, grows for ever.
    private const int Stretches = 3;

    // What is asked of the dashboard.
    private const double MostOpeningMs = 1000;
    private const double MostPairMs = 500;
    private const double MostGrowth = 0.1;

    private static readonly Option<string[]> Jobs = new("--job")
    {
        Description =
            "opening: until the first picture; pairs: from a pair's record to the page; open: what open dashboards take; "
                + "memory: hours of events, replayed before an open page",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [Opening, Pairs, Open, Memory],
    };
    private static readonly Option<int> Found = new Option<int>("--pairs")
    {
        Description = "pairs: how many are shown",
        DefaultValueFactory = _ => 20,
        HelpName = "N",
    }.Within(1, 1000);
    private static readonly Option<int> Dashboards = new Option<int>("--dashboards")
    {
        Description = "open: how many are open",
        DefaultValueFactory = _ => 20,
        HelpName = "N",
    }.Within(1, 100);
    private static readonly Option<TimeSpan> For = new("--for")
    {
        Description = "open: how long, without and with them",
        CustomParser = Durations.ParseOption,
        DefaultValueFactory = _ => TimeSpan.FromSeconds(30),
        HelpName = "TIME",
    };
    private static readonly Option<TimeSpan> Past = new("--past")
    {
        Description = "memory: length of the past that is replayed, three times",
        CustomParser = Durations.ParseOption,
        DefaultValueFactory = _ => TimeSpan.FromHours(8),
        HelpName = "TIME",
    };
    private static readonly Option<string> Folder = new("--folder")
    {
        Description = "Where the program's data are made",
        DefaultValueFactory = _ => Path.GetTempPath(),
        HelpName = "DIR",
    };

    public static Command Create()
    {
        Jobs.AcceptOnlyFromAmong(Opening, Pairs, Open, Memory);
        var command = new Command("dashboard", """
            Starts 'socksort run' in a process of its own, publishes what a camera would that sees socks, and watches the dashboard in
            chromium: the time until a page has its first picture, from a pair's record in the log to the page that shows it, processor
            and memory of the program with many dashboards open, and memory of program and page after hours of events. Ends with 1 where
            a first picture takes a second or more, a pair half a second or more, or memory grows by a tenth or more after the first hours.

            Example:
              socksort bench dashboard --dashboards 20 --past 8h
            """)
        { Jobs, Found, Dashboards, For, Past, Folder };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult line, CancellationToken cancellation)
    {
        var browser = DashboardJob.Browser
            ?? throw new CommandException("there is no chromium on the PATH; install it: on Debian, apt-get install chromium");
        var (output, jobs) = (line.InvocationConfiguration.Output, line.GetRequiredValue(Jobs));
        await using var job = await DashboardJob.StartAsync(
            ThisProgram.Start, BareModel.OrFrom(null), line.GetRequiredValue(Folder), browser, cancellation);
        Write(output, $"a dashboard over a camera of 4 frames/s, {Environment.ProcessorCount} processors");
        var isReached = true;
        if (jobs.Contains(Opening))
            isReached &= await MeasureOpeningAsync(job, output, cancellation);
        if (jobs.Contains(Pairs))
            isReached &= await MeasurePairsAsync(job, output, line.GetValue(Found), cancellation);
        if (jobs.Contains(Open))
        {
            foreach (var dashboards in (int[])[0, line.GetValue(Dashboards)])
                Write(output, $"{await job.WatchAsync(dashboards, line.GetValue(For), cancellation)}");
        }
        if (jobs.Contains(Memory))
            isReached &= await MeasureMemoryAsync(job, output, line.GetValue(Past), cancellation);
        return isReached ? ExitCode.Done : ExitCode.Failed;
    }

    private static async Task<bool> MeasureOpeningAsync(DashboardJob job, TextWriter output, CancellationToken cancellation)
    {
        var figures = await job.OpenAsync(Visits, cancellation);
        return Told(output, $"first picture after opening: {figures}", $"below {MostOpeningMs:0} ms", figures.MostMs < MostOpeningMs);
    }

    private static async Task<bool> MeasurePairsAsync(DashboardJob job, TextWriter output, int pairs, CancellationToken cancellation)
    {
        var times = await job.PairsAsync(pairs, cancellation);
        var isReached = times.MillisecondsAt(0.95) < MostPairMs;
        var (p50, p95, most) = (times.MillisecondsAt(0.5), times.MillisecondsAt(0.95), times.MillisecondsAt(1));
        return Told(
            output, $"a pair is shown after its record: p50 {p50:0} ms, p95 {p95:0} ms, most {most:0} ms of {times.Count}",
            $"p95 below {MostPairMs:0} ms", isReached);
    }

    private static async Task<bool> MeasureMemoryAsync(DashboardJob job, TextWriter output, TimeSpan past, CancellationToken cancellation)
    {
        List<MemoryFigures> stretches = [];
        await job.ReplayAsync(past, Stretches, Tell, cancellation);
        var (first, last) = (stretches[0], stretches[^1]);
        var isReached = last.ServerBytes < first.ServerBytes * (1 + MostGrowth) && last.PageBytes < first.PageBytes * (1 + MostGrowth);
        return Told(output, $"memory after the first {past.TotalHours:0.#} hours and after the last",
            $"grows by less than {MostGrowth * 100:0} %", isReached);

        void Tell(MemoryFigures figures)
        {
            Write(output, $"{past.TotalHours:0.#} hours of events: {figures}");
            stretches.Add(figures);
        }
    }

    private static bool Told(TextWriter output, FormattableString figures, FormattableString wanted, bool isReached)
    {
        var word = isReached ? "reached" : "missed";
        output.WriteLine($"{FormattableString.Invariant(figures)}; wanted: {FormattableString.Invariant(wanted)}: {word}");
        return isReached;
    }
}
