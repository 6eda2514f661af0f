using SockSort.Dataset.Storage;
using SockSort.Testing;

namespace SockSort.Dataset.Tests;

public sealed class OutputPlaceTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void A_file_in_a_folder_that_is_made_later_can_be_written_and_leaves_nothing()
    {
        OutputPlace.RequireFile(_temp.File("models/new/model.tar.gz"));
        OutputPlace.RequireFolder(_temp.File("report"));

        Assert.Empty(Directory.GetFileSystemEntries(_temp.Path));
    }

    [Fact]
    public void A_folder_in_place_of_the_file_is_named()
    {
        var error = Assert.Throws<StorageException>(() => OutputPlace.RequireFile(_temp.Path));

        Assert.Equal($"{_temp.Path}: is a folder, expected the name of a file to write", error.Message);
    }

    [Theory]
    [InlineData("notes/model.tar.gz")]
    [InlineData("notes/deep/model.tar.gz")]
    public void A_file_in_place_of_a_folder_is_named(string path)
    {
        _temp.Write("notes", "");

        var error = Assert.Throws<StorageException>(() => OutputPlace.RequireFile(_temp.File(path)));

        Assert.Equal($"{_temp.File(path)}: cannot be written, for {_temp.File("notes")} is a file and no folder", error.Message);
    }

    [Fact]
    public void What_the_system_does_not_let_be_written_is_noticed()
    {
        var error = Assert.Throws<StorageException>(() => OutputPlace.RequireFile("/proc/model.tar.gz"));

        Assert.StartsWith("/proc/model.tar.gz: cannot be written (", error.Message);
        Assert.DoesNotContain("probe", error.Message);
    }

    [Fact]
    public async Task A_full_disk_is_noticed()
    {
        await using var disk = await SmallDisk.MountAsync(_temp.File("disk"), "64k");
        disk.Fill();

        var error = Assert.Throws<StorageException>(() => OutputPlace.RequireFile(Path.Combine(disk.Folder, "model.tar.gz")));

        Assert.StartsWith($"{disk.Folder}/model.tar.gz: cannot be written (", error.Message);
    }
}
