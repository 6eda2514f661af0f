using SockSort.Dataset.Checking;
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

        Assert.Equal(["in train and val: the files are equal"], report.Findings.Where(finding => finding.Kind == FindingKind.InTrainAndValidation).Select(finding => finding.Detail));
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
