using System.Text;
using SockSort.Dashboard.Watching;
using SockSort.Log;
using SockSort.Log.Memory;

namespace SockSort.Dashboard.Tests.Watching;

public sealed class TopicBrowserTests : IAsyncLifetime
{
    private readonly MemoryLog _log = new();

    public ValueTask InitializeAsync()
    {
        var records = Enumerable.Range(0, 1200).Select(number => new NewRecord(Key: null, Encoding.UTF8.GetBytes($"n{number}"), 1000));
        _ = _log.Append("numbers", [.. records]);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _log.DisposeAsync();

    [Fact]
    public void The_newest_records_come_first_and_the_way_back_goes_on_before_the_last_of_them()
    {
        var browser = new TopicBrowser(_log);

        var (newest, before) = browser.Back("numbers", 0, before: null, text: "", most: 2);
        var (older, _) = browser.Back("numbers", 0, before, text: "", most: 2);

        Assert.Equal(["n1199", "n1198"], newest.Select(record => record.Value));
        Assert.Equal(["n1197", "n1196"], older.Select(record => record.Value));
    }

    [Fact]
    public void Records_that_hold_a_text_are_found_however_far_back_they_are()
    {
        var (found, before) = new TopicBrowser(_log).Back("numbers", 0, before: null, text: "N11", most: 200);

        Assert.Equal(111, found.Count);
        Assert.Equal(("n1199", "n11"), (found[0].Value, found[^1].Value));
        Assert.Null(before);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_shown_in_hexadecimal() =>
        Assert.Equal("0xff00", TopicBrowser.TextOf(new byte[] { 0xff, 0 }));
}
