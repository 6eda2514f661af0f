using SockSort.Dataset.Photos;
using SockSort.Testing;

namespace SockSort.Dataset.Tests.Photos;

public sealed class ClassFoldersTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void Classes_and_photos_come_in_code_point_order()
    {
        Write("class-b/2.jpg", "class-b/10.PNG", "Class-a/x.webp", "class-\U0001F9E6/y.gif", "class-\uFF21/z.bmp", "README.md");

        var photos = PhotoSet.OfFolder(_temp.Path);

        Assert.Equal(["Class-a", "class-b", "class-\uFF21", "class-\U0001F9E6"], photos.Classes.Select(known => known.Folder));
        Assert.Equal([_temp.File("class-b/10.PNG"), _temp.File("class-b/2.jpg")], photos.Classes[1].Photos.Select(photo => photo.Name));
        Assert.Equal(5, photos.PhotoCount);
    }

    [Fact]
    public void Files_that_are_no_photos_are_named_hidden_ones_are_not()
    {
        Write("a/1.jpg", "a/notes.txt", "a/.DS_Store", "b/1.jpg", "b/._1.jpg");

        var photos = PhotoSet.OfFolder(_temp.Path);

        Assert.Equal(["a", "b"], photos.Classes.Select(known => known.Folder));
        Assert.Equal([$"{_temp.File("a/notes.txt")}: no photo by its name"], photos.Ignored);
    }

    [Theory]
    [InlineData("__MACOSX", "a folder that macOS puts into ZIP archives")]
    [InlineData("@eaDir", "a folder of a Synology disk")]
    [InlineData(".ipynb_checkpoints", "a folder of Jupyter")]
    [InlineData(".AppleDouble", "a folder of Netatalk")]
    [InlineData("$RECYCLE.BIN", "the recycle bin of Windows")]
    [InlineData(".cache", "a hidden folder")]
    public void Folders_that_programs_leave_are_no_classes_and_are_named_with_what_is_in_them(string folder, string name)
    {
        Write("a/1.jpg", $"a/{folder}/1.jpg", "b/1.jpg", $"{folder}/a/1.jpg", $"{folder}/2.jpg");

        var photos = PhotoSet.OfFolder(_temp.Path);

        Assert.Equal(["a", "b"], photos.Classes.Select(known => known.Folder));
        Assert.Equal(2, photos.PhotoCount);
        Assert.Equal(
            [$"{_temp.File($"a/{folder}")}: {name}, no class; 1 file in it", $"{_temp.File(folder)}: {name}, no class; 2 files in it"],
            photos.Ignored.Order(StringComparer.Ordinal).OrderBy(ignored => ignored.EndsWith("2 files in it", StringComparison.Ordinal)));
    }

    [Fact]
    public void Photos_nested_below_a_class_are_its_photos()
    {
        Write("class-a/1.jpg", "class-a/monday/1.jpg", "class-a/monday/desk/2.jpg", "class-b/tuesday/1.jpg");

        var photos = PhotoSet.OfFolder(_temp.Path);

        Assert.Equal(["class-a", "class-b"], photos.Classes.Select(known => known.Folder));
        Assert.Equal(["1.jpg", "monday/1.jpg", "monday/desk/2.jpg"], photos.Classes[0].Photos.Select(photo => photo.FileName));
        Assert.Equal("class-a/monday/desk/2.jpg", photos.Classes[0].Photos[2].ListedPath);
    }

    [Fact]
    public void A_link_back_to_a_folder_above_is_named_and_not_followed()
    {
        Write("class-a/1.jpg", "class-b/1.jpg");
        Directory.CreateSymbolicLink(_temp.File("class-a/again"), _temp.File("class-a"));

        var photos = PhotoSet.OfFolder(_temp.Path);

        Assert.Equal(2, photos.PhotoCount);
        Assert.Equal([$"{_temp.File("class-a/again/")}: a link that leads back to a folder above it"], photos.Ignored);
    }

    [Fact]
    public void Photos_beside_the_class_folders_are_named()
    {
        Write("class-a/1.jpg", "class-b/1.jpg", "loose.jpg", "README.md");

        var photos = PhotoSet.OfFolder(_temp.Path);

        Assert.Equal([$"{_temp.File("loose.jpg")}: lies beside the class folders, in none of them"], photos.Ignored);
    }

    [Fact]
    public void A_folder_without_any_photo_is_an_error()
    {
        Write("README.md");

        var error = Assert.Throws<PhotoSetException>(() => PhotoSet.OfFolder(_temp.Path));

        Assert.Equal(
            $"{_temp.Path}: holds no class of photos: make one folder of photos per sock (class-google, class-mongo)", error.Message);
    }

    [Fact]
    public void A_flat_folder_is_explained_by_the_names_of_its_photos()
    {
        Write("google.1.jpg", "google.2.jpg", "mongo_1.jpg", "mongo (2).jpg");

        var error = Assert.Throws<PhotoSetException>(() => PhotoSet.OfFolder(_temp.Path));

        Assert.Equal(
            $"{_temp.Path}: its 4 photos lie loose in it, in no class folder: make one folder of photos per sock and move them there (by "
                + "their names class-google with 2, class-mongo with 2: mkdir class-google; mv google* class-google; ...)",
            error.Message);
    }

    [Fact]
    public void A_flat_folder_whose_names_tell_nothing_is_explained_too()
    {
        Write("IMG_0001.jpg", "IMG_0002.jpg");

        var error = Assert.Throws<PhotoSetException>(() => PhotoSet.OfFolder(_temp.Path));

        Assert.Equal(
            $"{_temp.Path}: its 2 photos lie loose in it, in no class folder: make one folder of photos per sock and move them there "
                + "(class-google, class-mongo)",
            error.Message);
    }

    [Fact]
    public void Folders_called_train_and_val_above_the_classes_are_explained()
    {
        Write("train/google/1.jpg", "train/mongo/1.jpg", "val/google/2.jpg");

        var error = Assert.Throws<PhotoSetException>(() => PhotoSet.OfFolder(_temp.Path));

        Assert.Equal(
            $"{_temp.Path}: holds the folders train, val above the classes: give {_temp.File("train")}, and {_temp.File("val")} as what it "
                + "is judged by",
            error.Message);
    }

    [Fact]
    public void A_sock_may_be_called_test_where_its_folder_holds_photos()
    {
        Write("test/1.jpg", "mongo/1.jpg");

        Assert.Equal(["Mongo", "Test"], PhotoSet.OfFolder(_temp.Path).Classes.Select(known => known.Label));
    }

    [Theory]
    [InlineData("BLANK")]
    [InlineData("blank")]
    [InlineData("Blank")]
    [InlineData("class-blank")]
    [InlineData("CLASS_BLANK")]
    public void A_folder_called_blank_is_the_background_however_it_is_written(string folder)
    {
        Write($"{folder}/1.jpg", "mongo/1.jpg");

        Assert.Contains("Blank", PhotoSet.OfFolder(_temp.Path).Classes.Select(known => known.Label));
    }

    [Fact]
    public void A_missing_root_is_an_error()
    {
        var error = Assert.Throws<PhotoSetException>(() => PhotoSet.OfFolder(_temp.File("nothing")));

        Assert.Equal($"{_temp.File("nothing")}: no such folder, expected one folder of photos per sock in it", error.Message);
    }

    [Fact]
    public void A_class_without_a_photo_is_left_out_by_name()
    {
        Write("class-google/1.jpg", "class-mongo/notes.txt", "class-oracle/1.jpg");

        var photos = PhotoSet.OfFolder(_temp.Path);

        Assert.Equal(["class-google", "class-oracle"], photos.Classes.Select(known => known.Folder));
        Assert.Equal($"{_temp.File("class-mongo/notes.txt")}: no photo by its name", photos.Ignored[0]);
        Assert.StartsWith($"{_temp.File("class-mongo")}: no class, for it holds no photo (.jpg, ", photos.Ignored[1]);
    }

    [Fact]
    public void A_file_in_place_of_the_folder_is_named_for_what_it_is()
    {
        File.WriteAllBytes(_temp.File("socks.tfrecord"), [3, 0, 0, 0, 0, 0, 0, 0, 0xb0, 0x99, 0x49, 0x0e, 1, 2, 3]);

        var error = Assert.Throws<PhotoSetException>(() => PhotoSet.OfFolder(_temp.File("socks.tfrecord")));

        Assert.StartsWith($"{_temp.File("socks.tfrecord")}: is a TFRecord file of TensorFlow, ", error.Message);
        Assert.Contains("expected a folder of photos, a .lst or a .rec", error.Message);
    }

    [Fact]
    public void Two_folders_with_one_label_are_an_error()
    {
        Write("class-google/1.jpg", "google/1.jpg");

        var error = Assert.Throws<PhotoSetException>(() => PhotoSet.OfFolder(_temp.Path));

        Assert.Equal($"{_temp.Path}: the folders 'class-google' and 'google' both mean the label 'Google'; rename one", error.Message);
    }

    [Theory]
    [InlineData("class-..", "..")]
    [InlineData("class-.", ".")]
    [InlineData("class-..\\google", "..\\google")]
    public void A_folder_whose_label_reads_as_a_path_is_an_error(string folder, string label)
    {
        Write($"{folder}/1.jpg", "google/1.jpg");

        var error = Assert.Throws<PhotoSetException>(() => PhotoSet.OfFolder(_temp.Path));

        Assert.Equal(
            $"{_temp.File(folder)}: its label would be '{label}', which reads as a path; rename the folder, as in class-google",
            error.Message);
    }

    [Fact]
    public void A_folder_whose_name_leaves_no_label_is_an_error()
    {
        Write("class-/1.jpg", "google/1.jpg");

        var error = Assert.Throws<PhotoSetException>(() => PhotoSet.OfFolder(_temp.Path));

        Assert.Equal($"{_temp.File("class-")}: the name leaves no label; rename the folder, as in class-google", error.Message);
    }

    [Fact]
    public void The_sample_photos_are_six_classes_of_three()
    {
        var photos = PhotoSet.OfFolder(Repository.Shared("data/sock-photos"));

        Assert.Equal(["Confluent", "Databricks", "Github", "Google", "Mongo", "Streamset"], photos.Classes.Select(known => known.Label));
        Assert.All(photos.Classes, known => Assert.Equal(3, known.Photos.Count));
    }

    private void Write(params string[] files)
    {
        foreach (var file in files)
            _temp.Write(file, "");
    }
}
