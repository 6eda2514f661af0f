using NetVips;
using SockSort.Dataset.Checking;
using SockSort.Dataset.Photos;
using SockSort.Imaging;
using SockSort.Imaging.Encoding;
using SockSort.Testing;

namespace SockSort.Dataset.Tests.Checking;

public sealed class DatasetCheckerTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly string _socks = Repository.Shared("data/sock-photos");

    [Fact]
    public void The_sock_photos_as_they_are_have_no_unreadable_doubled_or_blurred_ones()
    {
        var report = DatasetChecker.Check(_socks, new CheckOptions());

        Assert.Equal(18, report.Photos.Count(photo => photo.Class.StartsWith("class-", StringComparison.Ordinal)));
        Assert.Equal([], report.Findings.Select(finding => $"{finding.Kind} {string.Join(' ', finding.Photos)} {finding.Detail}"));
    }

    [Fact]
    public void Every_kind_of_fault_is_found()
    {
        var photos = Photos("class-google");
        Put(photos[0], "train/class-a/one.jpg");
        Put(photos[0], "val/class-a/same.jpg");
        Put(photos[1], "train/class-a/two.jpg");
        Put(photos[1], "train/class-a/two again.jpg");
        Put(photos[2], "train/class-a/three.jpg");
        Put(photos[2], "train/class-b/three.jpg");
        Put(Photos("class-mongo")[0], "train/class-b/near.jpg");
        Save(Recode(Photos("class-mongo")[0]), "train/class-b/near again.jpg");
        Save(new Frame(20, 20), "train/class-b/tiny.jpg");
        Save(Smooth(), "train/class-b/smooth.jpg");
        _folder.Write("photos/train/class-b/broken.jpg", "no photo");
        Put(Photos("class-github")[0], "train/class-c/alone.jpg");

        var report = DatasetChecker.Check(_folder.File("photos"), new CheckOptions());

        Assert.Equal(
            [
                "Unreadable: train/class-b/broken.jpg",
                "InTrainAndValidation: train/class-a/one.jpg, val/class-a/same.jpg",
                "InTwoClasses: train/class-a/three.jpg, train/class-b/three.jpg",
                "ExactDuplicate: train/class-a/two again.jpg, train/class-a/two.jpg",
                "NearDuplicate: train/class-b/near again.jpg, train/class-b/near.jpg",
                "Tiny: train/class-b/tiny.jpg",
                "Blurred: train/class-b/smooth.jpg",
                "Unbalanced: ",
            ],
            report.Findings.Select(finding => $"{finding.Kind}: {string.Join(", ", finding.Photos)}"));
        Assert.Equal("class-c has 1 photos, the largest class 6: add photos, or leave some out", report.Findings[^1].Detail);
    }

    [Fact]
    public void Lists_say_what_is_taught_and_tested_where_folders_do_not()
    {
        Put(Photos("class-google")[0], "class-a/one.jpg");
        Put(Photos("class-google")[0], "class-a/two.jpg");
        _folder.Write("sock_train.lst", "0\t0\tclass-a/one.jpg\n");
        _folder.Write("sock_val.lst", "1\t0\tclass-a/two.jpg\n");

        var report = DatasetChecker.Check(_folder.File("photos"), new CheckOptions { ListPrefix = _folder.File("sock") });

        Assert.Equal(
            ["in train and val: the files are equal"],
            report.Findings.Where(finding => finding.Kind == FindingKind.InTrainAndValidation).Select(finding => finding.Detail));
    }

    [Fact]
    public void A_photo_that_two_lists_name_is_taught_and_tested()
    {
        Put(Photos("class-google")[0], "class-a/one.jpg");
        Put(Photos("class-google")[1], "class-a/two.jpg");
        _folder.Write("sock_train.lst", "0\t0\tclass-a/one.jpg\n");
        _folder.Write("sock_val.lst", "1\t0\tclass-a/one.jpg\n2\t0\tclass-a/two.jpg\n");

        var report = DatasetChecker.Check(_folder.File("photos"), new CheckOptions { ListPrefix = _folder.File("sock") });

        var found = Assert.Single(report.Findings, finding => finding.Kind == FindingKind.InTrainAndValidation);
        Assert.Equal(("class-a/one.jpg", "in train and val: the lists name the same file"), (Assert.Single(found.Photos), found.Detail));
    }

    [Theory]
    [InlineData("sock_train.lst")]
    [InlineData("sock_train.rec")]
    public async Task Lists_say_it_for_the_photos_of_a_list_and_of_records_too(string source)
    {
        var golden = Goldens.PathOf("rec/pass_through");
        var taught = File.ReadAllLines(Path.Combine(golden, "sock_train.lst"))[0].Split('\t')[^1];
        _folder.Write("socks_val.lst", $"1\t0\t{taught}\n");
        using var set = await PhotoSet.OpenAsync(Path.Combine(golden, source), _socks, TestContext.Current.CancellationToken);

        var report = DatasetChecker.Check(set, new CheckOptions { ListPrefix = _folder.File("socks") });

        Assert.Equal([taught], report.Photos.Where(photo => photo.Split == "val").Select(photo => photo.Photo.ListedPath));
    }

    [Fact]
    public async Task Given_a_list_of_one_photo_taught_and_its_copy_tested_expect_it_found()
    {
        Put(Photos("class-google")[0], "class-a/one.jpg");
        Put(Photos("class-google")[0], "class-a/two.jpg");
        _folder.Write("sock.lst", "0\t0\tclass-a/one.jpg\n1\t0\tclass-a/two.jpg\n");
        _folder.Write("sock_train.lst", "0\t0\tclass-a/one.jpg\n");
        _folder.Write("sock_val.lst", "1\t0\tclass-a/two.jpg\n");
        using var set = await PhotoSet.OpenAsync(_folder.File("sock.lst"), _folder.File("photos"), TestContext.Current.CancellationToken);

        var report = DatasetChecker.Check(set, new CheckOptions { ListPrefix = _folder.File("sock") });

        Assert.Equal(
            ["in train and val: the files are equal"],
            report.Findings.Where(finding => finding.Kind == FindingKind.InTrainAndValidation).Select(finding => finding.Detail));
    }

    [Fact]
    public void The_photos_that_are_looked_at_are_those_that_training_takes()
    {
        Put(Photos("class-google")[0], "class-a/one.jpg");
        Put(Photos("class-google")[1], "class-a/.hidden.jpg");
        Put(Photos("class-google")[1], ".trash/two.jpg");
        SaveAs(".gif", "class-a/moving.gif");
        SaveAs(".tif", "class-a/scan.TIF");
        File.CreateSymbolicLink(_folder.File("photos/class-a/linked.jpg"), Photos("class-google")[2]);

        var report = DatasetChecker.Check(_folder.File("photos"), new CheckOptions());

        using var taught = PhotoSet.OfFolder(_folder.File("photos"));
        Assert.Equal(
            ["class-a/linked.jpg", "class-a/moving.gif", "class-a/one.jpg", "class-a/scan.TIF"], report.Photos.Select(photo => photo.Path));
        Assert.Equal(
            taught.Classes.SelectMany(known => known.Photos).Select(photo => photo.ListedPath), report.Photos.Select(photo => photo.Path));
        Assert.DoesNotContain(report.Findings, finding => finding.Kind == FindingKind.Unreadable);
    }

    [Fact]
    public void What_training_leaves_out_is_left_out_and_named_alike()
    {
        Put(Photos("class-google")[0], "class-a/monday/one.jpg");
        Put(Photos("class-google")[1], "__MACOSX/class-a/one.jpg");
        Put(Photos("class-google")[1], "loose.jpg");
        _folder.Write("photos/class-empty/notes.txt", "");

        var report = DatasetChecker.Check(_folder.File("photos"), new CheckOptions());

        using var taught = PhotoSet.OfFolder(_folder.File("photos"));
        Assert.Equal(["class-a/monday/one.jpg"], report.Photos.Select(photo => photo.Path));
        Assert.Equal(["class-a"], report.Photos.Select(photo => photo.Class));
        Assert.Equal(4, report.Ignored.Count);
        Assert.Equal(taught.Ignored, report.Ignored);
    }

    [Fact]
    public async Task A_list_that_names_a_photo_twice_has_a_page_too()
    {
        Put(Photos("class-google")[0], "class-a/one.jpg");
        _folder.Write("sock.lst", "0\t0\tclass-a/one.jpg\n1\t0\tclass-a/one.jpg\n");
        using var set = await PhotoSet.OpenAsync(_folder.File("sock.lst"), _folder.File("photos"), TestContext.Current.CancellationToken);

        var page = CheckPage.Render(DatasetChecker.Check(set, new CheckOptions()));

        Assert.Equal(2, page.Split("src=\"data:image/jpeg;base64,").Length - 1);
    }

    [Fact]
    public void A_picture_of_more_pixels_than_are_read_is_not_decoded_for_the_page_either()
    {
        Put(Photos("class-google")[0], "class-a/one.jpg");
        using (var huge = Image.Black(20_000, 10_001))
            File.WriteAllBytes(_folder.File("photos/class-a/huge.png"), huge.PngsaveBuffer(compression: 1));

        var page = CheckPage.Render(DatasetChecker.Check(_folder.File("photos"), new CheckOptions()));

        Assert.Contains("20000 x 10001 pixels are too many", page);
        Assert.Contains("no picture", page);
        Assert.DoesNotContain("data:image", page);
    }

    [Fact]
    public void The_page_holds_its_thumbnails_and_nothing_from_elsewhere()
    {
        Put(Photos("class-google")[0], "class-a/one.jpg");
        Put(Photos("class-google")[0], "class-a/<b>.jpg");

        var page = CheckPage.Render(DatasetChecker.Check(_folder.File("photos"), new CheckOptions()));

        Assert.Equal(2, page.Split("src=\"data:image/jpeg;base64,").Length - 1);
        Assert.Contains("class-a/&lt;b&gt;.jpg", page);
        Assert.DoesNotContain("http", page);
        Assert.DoesNotContain("<b>", page);
    }

    public void Dispose() => _folder.Dispose();

    private string[] Photos(string folder) => [.. Directory.GetFiles(Path.Combine(_socks, folder), "*.jpg").Order(StringComparer.Ordinal)];

    private void Put(string photo, string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.File("photos/" + path))!);
        File.Copy(photo, _folder.File("photos/" + path));
    }

    private void Save(Frame frame, string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.File("photos/" + path))!);
        File.WriteAllBytes(_folder.File("photos/" + path), PngWriter.Encode(frame));
    }

    private void SaveAs(string format, string path)
    {
        Save(Smooth(), path);
        using var picture = Image.PngloadBuffer(File.ReadAllBytes(_folder.File("photos/" + path)));
        File.WriteAllBytes(_folder.File("photos/" + path), picture.WriteToBuffer(format));
    }

    private static Frame Recode(string photo)
    {
        var frame = SockSort.Imaging.Decoding.PictureReader.Read(photo);
        for (var i = 0; i < frame.Rgb.Length; i++)
            frame.Rgb[i] = (byte)Math.Min(255, frame.Rgb[i] + 2);
        return frame;
    }

    private static Frame Smooth()
    {
        var frame = new Frame(200, 200);
        for (var i = 0; i < frame.Rgb.Length; i++)
            frame.Rgb[i] = (byte)(60 + i / 3 % 200 / 4);
        return frame;
    }
}
