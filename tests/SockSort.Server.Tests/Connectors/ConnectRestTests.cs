using System.Text.RegularExpressions;
using SockSort.Log;
using SockSort.Testing;

namespace SockSort.Server.Tests.Connectors;

/// <summary>Each call of Kafka Connect's REST API, beside Kafka Connect itself where it is at hand.</summary>
public sealed partial class ConnectRestTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Each_call_is_answered_with_these_statuses_names_and_texts()
    {
        await using var connect = await RunningConnect.StartAsync(_folder);
        await connect.Log.CreateTopicAsync("t1", partitions: 1);

        var outcomes = await new ConnectCalls(connect.Client, "out.jsonl").MakeAsync();

        Snapshot.Matches(
            "tests/SockSort.Server.Tests/Connectors/ConnectRest.txt", string.Concat(outcomes.Select(outcome => $"{outcome.Shape}\n")));
    }

    [Fact]
    public async Task Kafka_Connect_gives_the_same_statuses_names_and_texts()
    {
        await using var real = await RealConnect.StartAsync("t1");
        await using var connect = await RunningConnect.StartAsync(_folder);
        await connect.Log.CreateTopicAsync("t1", partitions: 1);

        var theirs = await new ConnectCalls(real.Client, real.FileFor("out.txt")).MakeAsync();
        var ours = await new ConnectCalls(connect.Client, "out.jsonl").MakeAsync();

        var different = theirs.Zip(ours).Where(pair => pair.First.Shape != pair.Second.Shape);
        var told = string.Join('\n', different.Select(pair => $"{pair.First.Shape}\n  ours: {pair.Second.Shape}"));
        Assert.True(told.Length == 0, told);
    }

    [Fact]
    public async Task The_page_lists_each_call_that_is_made()
    {
        var page = await File.ReadAllTextAsync(Repository.PathOf("docs/reference/connect-rest.md"));
        await using var connect = await RunningConnect.StartAsync(_folder);
        await connect.Log.CreateTopicAsync("t1", partitions: 1);

        var made = (await new ConnectCalls(connect.Client, "out.jsonl").MakeAsync()).Where(outcome => outcome.Status < 300);

        Assert.Equal(
            Call().Matches(page).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal),
            made.Select(outcome => outcome.Call).Distinct().Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"^\| `([A-Z]+ /[^`?]*)[^`]*` \|", RegexOptions.Multiline)]
    private static partial Regex Call();
}
