using SockSort.Testing;

namespace SockSort.EndToEnd.Tests.Server;

/// <summary>
/// The server is killed with <c>kill -9</c> at random moments of its work: what it has written in the end is what an uninterrupted one
/// writes.
/// </summary>
public sealed class KilledServerTests(ITestOutputHelper output)
{
    private static readonly bool All = Environment.GetEnvironmentVariable("SOCKSORT_TESTS") == "all";
    private static readonly int Kills = All ? 50 : 3;
    private static readonly int Records = All ? 200_000 : 40_000;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Killed_at_random_moments_it_writes_the_same_records_in_the_same_order()
    {
        using var folder = new TempFolder();
        var (whole, killed) = (new ServedQueries(folder.File("whole"), Records), new ServedQueries(folder.File("killed"), Records));
        whole.Fill();
        killed.Fill();

        await RunToEndAsync(whole, folder);
        var inTheMiddle = await KillAsync(killed, folder);
        await RunToEndAsync(killed, folder);

        Assert.Equal(whole.Written(), killed.Written());
        output.WriteLine($"{Kills} kills, {inTheMiddle} of them before the last record, {whole.Written().Count()} records written");
    }

    private static async Task<int> KillAsync(ServedQueries queries, TempFolder folder)
    {
        var inTheMiddle = 0;
        for (var kill = 1; kill <= Kills; kill++)
        {
            await using var server = await queries.StartAsync(folder);
            // Spread over the run, each at a random place of its own stretch.
            var goal = ((long)Records * (kill - 1) + Random.Shared.Next(Records)) / Kills;
            await Eventually.TrueAsync(() => queries.Committed() >= goal, $"{goal} records are committed", Patience);
            await server.KillAsync();
            inTheMiddle += queries.IsDone ? 0 : 1;
        }
        return inTheMiddle;
    }

    private static async Task RunToEndAsync(ServedQueries queries, TempFolder folder)
    {
        await using var server = await queries.StartAsync(folder);
        await Eventually.TrueAsync(() => queries.IsDone, "all records are committed", Patience);
        server.PressCtrlC();
        Assert.Equal(0, await server.EndAsync());
    }
}
