using SockSort.Connect.Classes;
using SockSort.Connect.Configuration;
using SockSort.Connect.MqttSource.Sessions;
using SockSort.Connect.Worker;
using SockSort.Log;
using SockSort.Log.Sqlite;
using SockSort.Testing;

namespace SockSort.Connect.Tests.MqttSource.Sessions;

/// <summary>Two folders never have one client id, and a folder keeps its own.</summary>
public sealed class ClientIdentityTests : IDisposable
{
    private static readonly FolderPlace Home = new("machine", "/srv/socks", "7-1.5");

    private readonly TempFolder _folder = new();
    private readonly ILog _log;

    public ClientIdentityTests() => _log = SqliteLog.Open(_folder.File("data"));

    public void Dispose()
    {
        _log.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_folder_that_has_none_yet_has_that_of_its_log_as_ever()
    {
        var identity = ClientIdentity.Of(_log, hasMoved: false, Home);

        Assert.Equal(new ClientIdentity(_log.Id[..8], null, null), identity);
    }

    [Theory]
    [InlineData("machine", "/srv/renamed", "7-1.5")]
    [InlineData("machine", "/srv/socks", "9-3.1")]
    [InlineData("machine", "/srv/socks", null)]
    public void Renamed_or_restored_at_its_place_it_stays_the_same(string machine, string path, string? mark)
    {
        _ = ClientIdentity.Of(_log, hasMoved: false, Home);

        var identity = ClientIdentity.Of(_log, hasMoved: false, new(machine, path, mark));

        Assert.Equal(new ClientIdentity(_log.Id[..8], null, null), identity);
    }

    [Theory]
    [InlineData("machine", "/srv/copy", "9-3.1")]
    [InlineData("machine", "/srv/copy", null)]
    [InlineData("other", "/srv/socks", "7-1.5")]
    public void Elsewhere_it_gets_one_of_its_own_once_and_knows_the_former(string machine, string path, string? mark)
    {
        _ = ClientIdentity.Of(_log, hasMoved: false, Home);
        var place = new FolderPlace(machine, path, mark);

        var first = ClientIdentity.Of(_log, hasMoved: false, place);
        var second = ClientIdentity.Of(_log, hasMoved: false, place);

        Assert.NotEqual(_log.Id[..8], first.Id);
        Assert.Equal(_log.Id[..8], first.Former);
        Assert.Equal(new ClientIdentity(first.Id, null, null), second);
    }

    [Fact]
    public void Said_to_have_moved_it_keeps_it()
    {
        _ = ClientIdentity.Of(_log, hasMoved: false, Home);

        var identity = ClientIdentity.Of(_log, hasMoved: true, new("other", "/data", null));
        var next = ClientIdentity.Of(_log, hasMoved: false, new("other", "/data", null));

        Assert.Equal(new ClientIdentity(_log.Id[..8], null, null), identity);
        Assert.Equal(identity, next);
    }

    [Fact]
    public void Said_so_at_a_later_start_it_takes_it_back_and_knows_the_one_it_had_meanwhile()
    {
        _ = ClientIdentity.Of(_log, hasMoved: false, Home);
        var moved = new FolderPlace("other", "/data", null);
        var meanwhile = ClientIdentity.Of(_log, hasMoved: false, moved);

        var identity = ClientIdentity.Of(_log, hasMoved: true, moved);
        var next = ClientIdentity.Of(_log, hasMoved: true, moved);

        Assert.Equal(new ClientIdentity(_log.Id[..8], null, meanwhile.Id), identity);
        Assert.Equal(new ClientIdentity(_log.Id[..8], null, null), next);
    }

    [Fact]
    public void A_renamed_folder_is_told_from_a_copy_of_it()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "statx is Linux's");
        var first = Directory.CreateDirectory(_folder.File("first"));
        var before = FolderPlace.Of(first.FullName);

        first.MoveTo(_folder.File("renamed"));
        _ = Directory.CreateDirectory(_folder.File("copy"));

        Assert.True(FolderPlace.Of(_folder.File("renamed")).IsSame(before));
        Assert.False(FolderPlace.Of(_folder.File("copy")).IsSame(before));
    }

    [Fact]
    public async Task Servers_on_a_folder_and_its_copy_each_get_every_message()
    {
        await using var bench = await SessionBench.StartAsync();
        _ = await (await bench.NextWorkerAsync()).CreateAsync("c", bench.Configuration());
        await bench.RunningAsync();
        await bench.StopAsync();
        await bench.Log.DisposeAsync();
        CopyFolder(bench.Log.Directory!, _folder.File("copy"));
        await using var log = SqliteLog.Open(bench.Log.Directory!);
        await using var copyOfLog = SqliteLog.Open(_folder.File("copy"));
        await using var first = new ConnectWorker(log, new Secrets(null));
        await using var second = new ConnectWorker(copyOfLog, new Secrets(null));

        var atHome = await first.RestoreAsync("c", bench.Configuration(), isPaused: false);
        var elsewhere = await second.RestoreAsync("c", bench.Configuration(), isPaused: false);
        await Eventually.TrueAsync(
            () => (first.Find("c")!.State, second.Find("c")!.State) == (ConnectorState.Running, ConnectorState.Running), "both run");
        for (var i = 0; i < 10; i++)
            await bench.PublishAsync("socks", $"{i}");
        await Eventually.TrueAsync(
            () => (first.Find("c")!.Counts.Stored, second.Find("c")!.Counts.Stored) == (10, 10), "each has stored all");

        Assert.Empty(atHome);
        Assert.StartsWith("this data folder was copied or moved here, so the client id is 'socksort-connect-c-", Assert.Single(elsewhere));
        Assert.Equal(0, first.Find("c")!.Counts.Reconnects + second.Find("c")!.Counts.Reconnects);
    }

    private static void CopyFolder(string from, string to)
    {
        _ = Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
    }
}
