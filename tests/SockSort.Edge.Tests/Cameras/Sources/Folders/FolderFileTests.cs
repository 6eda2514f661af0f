using SockSort.Edge.Cameras.Sources.Folders;
using SockSort.Testing;

namespace SockSort.Edge.Tests.Cameras.Sources.Folders;

/// <summary>
/// When a file of a followed folder is read, where the system does not tell that its writer is done: on a network's disk.
/// </summary>
public sealed class FolderFileTests : IDisposable
{
    private static readonly DateTime Utc = new(2024, 5, 1, 12, 0, 0, DateTimeKind.Utc);

    private readonly TempFolder _folder = new();
    private readonly FolderFile _file;

    public FolderFileTests()
    {
        _file = new FolderFile(_folder.Write("1.png", "half"));
        File.SetLastWriteTimeUtc(_file.Path, Utc);
        _file.Look(TimeSpan.Zero);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_that_was_just_written_is_ready_when_it_has_not_changed_for_two_seconds()
    {
        Assert.False(IsReadyAt(seconds: 1.9));
        Assert.True(IsReadyAt(seconds: 2));
    }

    [Fact]
    public void A_file_that_grows_is_waited_for()
    {
        File.WriteAllText(_file.Path, "half and more");
        File.SetLastWriteTimeUtc(_file.Path, Utc.AddSeconds(1.5));
        _file.Look(TimeSpan.FromSeconds(1.5));

        Assert.False(IsReadyAt(seconds: 3.4));
        Assert.True(IsReadyAt(seconds: 3.5));
    }

    [Fact]
    public void A_file_whose_writer_has_closed_it_is_ready_at_once()
    {
        _file.Close();

        Assert.True(IsReadyAt(seconds: 0));
    }

    [Fact]
    public void An_old_file_is_ready_at_once() => Assert.True(_file.IsReady(TimeSpan.Zero, Utc.AddHours(1)));

    [Fact]
    public void A_file_that_cannot_be_read_is_tried_again_for_five_seconds_after_its_last_change()
    {
        _file.Postpone(TimeSpan.FromSeconds(2));

        Assert.False(IsReadyAt(seconds: 2.4));
        Assert.True(IsReadyAt(seconds: 2.5));
        Assert.True(_file.MayGrow(TimeSpan.FromSeconds(4.9)));
        Assert.False(_file.MayGrow(TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public void The_same_contents_are_nothing_new_and_other_ones_are()
    {
        Assert.True(_file.Finish(contents: 1, problem: null));
        Assert.False(IsReadyAt(seconds: 100));

        File.SetLastWriteTimeUtc(_file.Path, Utc.AddSeconds(50));
        _file.Look(TimeSpan.FromSeconds(100));

        Assert.True(IsReadyAt(seconds: 102));
        Assert.False(_file.Finish(contents: 1, problem: null));
        Assert.True(_file.Finish(contents: 2, problem: null));
    }

    private bool IsReadyAt(double seconds) => _file.IsReady(TimeSpan.FromSeconds(seconds), Utc);
}
