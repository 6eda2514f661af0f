using System.Text;
using SockSort.Log.Sqlite;
using SockSort.Log.Sqlite.Storage;
using SockSort.Testing;

namespace SockSort.Log.Tests.Sqlite;

public sealed class SqliteLogTests : LogSpecification
{
    private readonly TempFolder _folder = new();

    [Fact]
    public async Task A_reopened_log_goes_on_where_it_ended()
    {
        using var folder = new TempFolder();
        using (var first = SqliteLog.Open(folder.Path))
            _ = await first.AppendAsync("socks", [Text("a"), Text("b")]);

        using var second = SqliteLog.Open(folder.Path);
        var offset = await second.AppendAsync("socks", Text("c"));

        Assert.Equal(2, offset);
        Assert.Equal(["0 a", "1 b", "2 c"], Read(second, "socks"));
    }

    [Fact]
    public void A_second_writer_is_told_who_holds_the_log()
    {
        using var folder = new TempFolder();
        using var log = SqliteLog.Open(folder.Path);

        var error = Assert.Throws<LogException>(() => SqliteLog.Open(folder.Path));

        Assert.Equal(LogErrorKind.InUse, error.Kind);
        Assert.Equal(
            $"{folder.Path} is being written by process {Environment.ProcessId}; stop that process or use another --data folder",
            error.Message);
    }

    [Fact]
    public void A_newer_file_is_refused()
    {
        using var folder = new TempFolder();
        SqliteLog.Open(folder.Path).Dispose();
        using (var connection = LogFile.OpenForWriting(folder.Path))
            _ = connection.Execute("PRAGMA user_version = 9");

        Assert.Equal(LogErrorKind.TooNew, Assert.Throws<LogException>(() => SqliteLog.Open(folder.Path)).Kind);
        Assert.Equal(LogErrorKind.TooNew, Assert.Throws<LogException>(() => SqliteLogReader.Open(folder.Path)).Kind);
    }

    [Fact]
    public void A_file_that_is_no_log_is_named()
    {
        using var folder = new TempFolder();
        var path = folder.Write("log.db", new string('x', 5000));

        var error = Assert.Throws<LogException>(() => SqliteLog.Open(folder.Path));

        Assert.Equal(LogErrorKind.Damaged, error.Kind);
        Assert.Equal(
            $"{path} is damaged or no log (file is not a database); move the folder away or restore it from a copy", error.Message);
    }

    [Fact]
    public async Task A_full_disk_fails_the_append_and_a_later_one_succeeds()
    {
        using var folder = new TempFolder();
        using var log = SqliteLog.Open(folder.Path);
        _ = await log.AppendAsync("socks", Text("a"));
        log.LimitPages(Convert.ToInt32(new FileInfo(folder.File("log.db")).Length / 4096) + 8);

        var error = await Assert.ThrowsAsync<LogException>(() => log.AppendAsync("socks", Text(new string('x', 1 << 20))));
        var problem = log.Problem;
        log.LimitPages(1 << 20);
        var offset = await log.AppendAsync("socks", Text("b"));

        Assert.Equal(LogErrorKind.DiskFull, error.Kind);
        Assert.Equal($"{folder.File("log.db")}: the disk is full; nothing of this request was stored", error.Message);
        Assert.Equal(1, offset);
        Assert.Equal((error.Message, null), (problem, log.Problem));
    }

    [Fact]
    public async Task A_closed_log_says_so()
    {
        using var folder = new TempFolder();
        var log = SqliteLog.Open(folder.Path);
        log.Dispose();

        var error = await Assert.ThrowsAsync<LogException>(() => log.AppendAsync("socks", Text("a")));

        Assert.Equal($"the log in {folder.Path} is closed", error.Message);
    }

    [Fact]
    public async Task Offsets_output_and_state_become_durable_together()
    {
        using var folder = new TempFolder();
        using (var log = SqliteLog.Open(folder.Path))
        {
            _ = await log.CommitAsync(new LogCommit
            {
                Appends = [new("pairs", 0, [Text("Google")])],
                Offsets = [new("query-1", "socks", 0, Next: 5)],
                States = [new("query-1", "w0"u8.ToArray(), "7"u8.ToArray()), new("query-1", "w1"u8.ToArray(), "8"u8.ToArray())],
            });
            _ = await log.CommitAsync(new LogCommit { States = [new("query-1", "w0"u8.ToArray(), null)] });
        }

        using var reader = SqliteLogReader.Open(folder.Path);

        Assert.Equal(["0 Google"], Read(reader, "pairs"));
        Assert.Equal(5, reader.CommittedOffset("query-1", "socks"));
        Assert.Null(reader.CommittedOffset("query-2", "socks"));
        Assert.Equal(
            ["w1=8"],
            reader.States("query-1").Select(pair => $"{Encoding.UTF8.GetString(pair.Key)}={Encoding.UTF8.GetString(pair.Value)}"));
        Assert.Null(reader.FindState("query-1", "w0"u8));
    }

    internal static IEnumerable<string> Read(ILogReader reader, string topic, int partition = 0, int maxRecords = 1000) =>
        reader.Read(topic, partition, 0, maxRecords)
            .Select(record => $"{record.Offset} {Encoding.UTF8.GetString(record.Value!.Value.Span)}");

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }

    protected override ILog Open() => SqliteLog.Open(_folder.Path, Clock);
}
