using SockSort.Imaging;
using SockSort.Imaging.Decoding;
using SockSort.Teaching.Photos;
using SockSort.Testing;

namespace SockSort.Teaching.Tests.Photos;

public sealed class PhotoFolderTests : IDisposable
{
    private static readonly SockName Stripes = SockName.Parse("Stripes");
    private readonly TempFolder _folder = new();

    private string Photos => _folder.File("photos");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_taught_is_in_a_folder_of_its_own()
    {
        using var photos = PhotoFolder.Open(Photos);

        photos.Add(Stripes, photos.FolderOf(Stripes, isMore: false), Frames(3));

        var files = Directory.GetFiles(Path.Combine(Photos, "class-stripes"));
        Assert.Equal(3, files.Length);
        Assert.All(files, file => Assert.Equal(40, PictureReader.Read(File.ReadAllBytes(file), file).Width));
        Assert.Equal(["class-stripes"], Directory.GetFileSystemEntries(Photos).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("class-stripes")]
    [InlineData("STRIPES")]
    public void A_name_that_is_taken_is_an_error_unless_more_is_taught(string there)
    {
        Directory.CreateDirectory(Path.Combine(Photos, there));
        File.WriteAllText(Path.Combine(Photos, there, "1.jpg"), "a photo");
        using var photos = PhotoFolder.Open(Photos);

        var error = Assert.Throws<TeachingException>(() => photos.FolderOf(Stripes, isMore: false));
        photos.Add(Stripes, photos.FolderOf(Stripes, isMore: true), Frames(4));

        Assert.EndsWith("holds photos of it already; --more adds to them, another name teaches another sock", error.Message);
        Assert.Equal(5, Directory.GetFiles(Path.Combine(Photos, there)).Length);
    }

    [Fact]
    public void More_of_a_sock_that_is_not_there_is_an_error()
    {
        using var photos = PhotoFolder.Open(Photos);

        Assert.StartsWith(
            "Stripes: --more adds to photos that are there",
            Assert.Throws<TeachingException>(() => photos.FolderOf(Stripes, isMore: true)).Message);
    }

    [Fact]
    public void Two_photos_are_too_few()
    {
        using var photos = PhotoFolder.Open(Photos);

        var error = Assert.Throws<TeachingException>(() => photos.Add(Stripes, photos.FolderOf(Stripes, isMore: false), Frames(2)));

        Assert.StartsWith("Stripes: only 2 of the frames could be used, and 3 is the least: ", error.Message);
        Assert.Empty(Directory.GetFileSystemEntries(Photos));
    }

    [Fact]
    public void Two_do_not_teach_at_once()
    {
        using (PhotoFolder.Open(Photos))
        {
            Assert.EndsWith(
                "somebody else teaches a sock there at the moment; wait until they have finished",
                Assert.Throws<TeachingException>(() => PhotoFolder.Open(Photos)).Message);
        }

        PhotoFolder.Open(Photos).Dispose();
    }

    [Fact]
    public void What_one_who_was_killed_has_left_is_taken_away()
    {
        var left = Path.Combine(Photos + ".teaching", "new");
        Directory.CreateDirectory(left);
        File.WriteAllText(Path.Combine(left, "taught.jpg"), "half a photo");

        using var photos = PhotoFolder.Open(Photos);
        photos.Add(Stripes, photos.FolderOf(Stripes, isMore: false), Frames(3));

        Assert.Equal(3, Directory.GetFiles(Path.Combine(Photos, "class-stripes")).Length);
    }

    [Fact]
    public void What_one_who_was_killed_had_begun_to_add_is_added()
    {
        const string Adding = "photos.teaching/adding";
        foreach (var photo in new[] { "photos/class-stripes/1.jpg", $"{Adding}/class-stripes/2.jpg", $"{Adding}/class-dots/1.jpg" })
            _folder.Write(photo, "a photo");

        PhotoFolder.Open(Photos).Dispose();

        Assert.Equal(2, Directory.GetFiles(Path.Combine(Photos, "class-stripes")).Length);
        Assert.Single(Directory.GetFiles(Path.Combine(Photos, "class-dots")));
        Assert.False(Directory.Exists(_folder.File(Adding)));
    }

    [Fact]
    public async Task On_a_full_disk_nothing_is_changed()
    {
        await using var disk = await SmallDisk.MountAsync(_folder.File("disk"), "1m");
        var path = Path.Combine(disk.Folder, "photos");
        using (var photos = PhotoFolder.Open(path))
        {
            disk.Fill();

            var error = Assert.Throws<TeachingException>(
                () => photos.Add(Stripes, photos.FolderOf(Stripes, isMore: false), Frames(3, width: 800, height: 600)));

            Assert.Contains("the photos cannot be kept: ", error.Message);
            Assert.EndsWith("Nothing was changed", error.Message);
        }
        Assert.Empty(Directory.GetFileSystemEntries(path));
    }

    private static List<Frame> Frames(int count, int width = 40, int height = 30)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var frame = new Frame(width, height);
            random.NextBytes(frame.Rgb);
            return frame;
        })];
    }
}
