using SockSort.Dataset.Photos;
using SockSort.Imaging.Decoding;
using SockSort.Testing;

namespace SockSort.Dataset.Tests.Photos;

public sealed class PhotoSetTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task A_folder_a_list_and_records_give_the_same_photos_with_the_same_classes()
    {
        var socks = Repository.Shared("data/sock-photos");
        var golden = Goldens.PathOf("rec/pass_through");

        using var ofList = await PhotoSet.OpenAsync(Path.Combine(golden, "sock_train.lst"), socks);
        using var ofRecords = await PhotoSet.OpenAsync(Path.Combine(golden, "sock_train.rec"));
        using var ofFolder = await PhotoSet.OpenAsync(socks);

        Assert.Equal(14, ofList.PhotoCount);
        Assert.Equal(Contents(ofList), Contents(ofRecords));
        Assert.Equal(ofFolder.Classes.Select(known => known.Label), ofRecords.Classes.Select(known => known.Label));
        Assert.Subset(Contents(ofFolder).ToHashSet(), Contents(ofRecords).ToHashSet());
    }

    [Fact]
    public async Task Records_without_their_list_have_classes_by_number()
    {
        File.Copy(Path.Combine(Goldens.PathOf("rec/pass_through"), "sock_train.rec"), _temp.File("sock.rec"));

        using var photos = await PhotoSet.OpenAsync(_temp.File("sock.rec"));

        Assert.Equal(["class-0", "class-1", "class-2", "class-3", "class-4", "class-5"], photos.Classes.Select(known => known.Folder));
        Assert.Equal("0", photos.Classes[0].Label);
    }

    [Fact]
    public async Task A_list_whose_folders_are_no_classes_has_classes_by_number()
    {
        using var photos = await OpenListAsync("0\t0\ta/1.jpg\n1\t1\ta/2.jpg\n");

        Assert.Equal(["class-0", "class-1"], photos.Classes.Select(known => known.Folder));
    }

    [Fact]
    public async Task Damaged_lines_and_labels_that_are_no_class_are_left_out_by_name()
    {
        using var photos = await OpenListAsync("0\t0\ta/1.jpg\nnonsense\n\n2\t0.5\ta/2.jpg\n3\t1\tb/1.jpg\n");

        Assert.Equal(2, photos.PhotoCount);
        Assert.Equal(
            [
                $"{_temp.File("sock.lst")}:2: the line has 1 of at least three fields (id TAB label TAB path): nonsense",
                $"{_temp.File("a/2.jpg")}: the label 0.5 is no class, expected 0, 1, 2, ...",
            ],
            photos.Ignored.Order(StringComparer.Ordinal).Reverse());
    }

    [Fact]
    public async Task A_damaged_record_is_left_out_and_the_rest_is_read()
    {
        var bytes = File.ReadAllBytes(Path.Combine(Goldens.PathOf("rec/pass_through"), "sock_train.rec"));
        bytes[0] ^= 0xff;
        File.WriteAllBytes(_temp.File("sock.rec"), bytes);

        using var photos = await PhotoSet.OpenAsync(_temp.File("sock.rec"));

        Assert.Equal(13, photos.PhotoCount);
        Assert.StartsWith($"{_temp.File("sock.rec")}: byte 0: found ", Assert.Single(photos.Ignored));
    }

    [Fact]
    public async Task A_path_of_a_list_that_leaves_its_root_is_not_read()
    {
        using var photos = await OpenListAsync("0\t0\t../secret.jpg\n1\t1\tb/1.jpg\n");

        var error = Assert.Throws<PictureException>(photos.Classes[0].Photos[0].Read);

        Assert.Contains("leads out of the photos' folder", error.Message);
    }

    [Fact]
    public async Task Records_of_a_label_of_several_numbers_are_refused_for_what_they_are()
    {
        var records = Repository.Shared("field/data/multihot.rec");

        var error = await Assert.ThrowsAsync<PhotoSetException>(() => PhotoSet.OpenAsync(records));

        Assert.Contains("has 6 numbers a photo (", error.Message);
        Assert.Contains("multi-label or one-hot, where one number is expected, the class; pack the photos again", error.Message);
    }

    [Theory]
    [InlineData("0\t1\t0\t1\ta/1.jpg", "has 3 numbers a photo (1 0 1) as its label: multi-label or one-hot, where")]
    [InlineData("0\t3\t7\ta/1.jpg", "has 2 numbers a photo (3 7) as its label: several labels, where")]
    [InlineData(
        "0\t2\t5\t1\t0.1\t0.1\t0.5\t0.5\ta/1.jpg",
        "has 7 numbers a photo (2 5 1 0.1 0.1 0.5 0.5) as its label: a pack for detection, objects with their corners, where")]
    public async Task A_list_of_several_labels_a_photo_is_refused_for_what_it_is(string line, string what)
    {
        var error = await Assert.ThrowsAsync<PhotoSetException>(() => OpenListAsync(line + "\n"));

        Assert.StartsWith(
            $"{_temp.File("sock.lst")}:1: {what} one number is expected, the class; pack the photos again with ", error.Message);
    }

    [Theory]
    [InlineData("0 1 a/1.jpg\n1 2 a/2.jpg\n", "its fields are parted by blanks: part them by TABs; and 1 more")]
    [InlineData("0,1,a/1.jpg\n", "its fields are parted by commas: part them by TABs")]
    public async Task A_list_of_which_no_line_can_be_used_tells_the_reason_of_its_first(string lines, string reason)
    {
        var error = await Assert.ThrowsAsync<PhotoSetException>(() => OpenListAsync(lines));

        Assert.StartsWith($"{_temp.File("sock.lst")}: holds no photo that can be used: 1: the line has 1 of at least", error.Message);
        Assert.EndsWith(reason, error.Message);
    }

    [Fact]
    public async Task A_byte_order_mark_costs_no_photo()
    {
        File.WriteAllBytes(_temp.File("sock.lst"), [0xef, 0xbb, 0xbf, .. "0\t0\ta/1.jpg\n1\t1\tb/1.jpg\n"u8]);

        using var photos = await PhotoSet.OpenAsync(_temp.File("sock.lst"));

        Assert.Equal(2, photos.PhotoCount);
        Assert.Empty(photos.Ignored);
    }

    [Fact]
    public async Task Names_of_the_classes_name_numbers()
    {
        File.Copy(Path.Combine(Goldens.PathOf("rec/pass_through"), "sock_train.rec"), _temp.File("sock.rec"));
        var names = new ClassNames("names.txt", ["Confluent", "Databricks", "Github", "Google", "Mongo", "Streamset"]);

        using var photos = await PhotoSet.OpenAsync(_temp.File("sock.rec"), root: null, names, TestContext.Current.CancellationToken);

        Assert.Equal(names.Names, photos.Classes.Select(known => known.Label));
        Assert.All(photos.Classes, known => Assert.True(known.IsNamed));
    }

    [Fact]
    public async Task A_number_without_a_name_is_an_error()
    {
        File.Copy(Path.Combine(Goldens.PathOf("rec/pass_through"), "sock_train.rec"), _temp.File("sock.rec"));

        var error = await Assert.ThrowsAsync<PhotoSetException>(
            () => PhotoSet.OpenAsync(
                _temp.File("sock.rec"), null, new ClassNames("names.txt", ["Google"]), TestContext.Current.CancellationToken));

        Assert.Equal(
            $"{_temp.File("sock.rec")}: has photos of the class 1, but names.txt names 1 classes, 0 to 0: one line a class, from 0",
            error.Message);
    }

    [Theory]
    [InlineData("894844460d0a1a0a", "an HDF5 file")]
    [InlineData("504b030414000000", "a ZIP archive (or a NumPy .npz)")]
    [InlineData("8005953b00000000", "a Python pickle")]
    [InlineData("0300000000000000b099490e", "a TFRecord file of TensorFlow")]
    public async Task Another_kind_of_record_file_is_named_for_what_it_is(string begins, string kind)
    {
        File.WriteAllBytes(_temp.File("sock.rec"), [.. Convert.FromHexString(begins), .. new byte[100]]);

        var error = await Assert.ThrowsAsync<PhotoSetException>(() => PhotoSet.OpenAsync(_temp.File("sock.rec")));

        Assert.StartsWith($"{_temp.File("sock.rec")}: is {kind}, no RecordIO of im2rec; ", error.Message);
    }

    [Theory]
    [InlineData("sock.lst")]
    [InlineData("sock.rec")]
    public async Task A_missing_file_is_an_error(string name)
    {
        var error = await Assert.ThrowsAsync<PhotoSetException>(() => PhotoSet.OpenAsync(_temp.File(name)));

        Assert.Equal($"{_temp.File(name)}: no such file, expected a folder of photos, a .lst or a .rec", error.Message);
    }

    private Task<PhotoSet> OpenListAsync(string lines) => PhotoSet.OpenAsync(_temp.Write("sock.lst", lines));

    private static IEnumerable<string> Contents(PhotoSet set) => set.Classes
        .SelectMany(known => known.Photos.Select(photo => $"{known.Label} {photo.FileName} {Convert.ToBase64String(photo.Read())}"))
        .Order(StringComparer.Ordinal);
}
