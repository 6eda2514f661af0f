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
        Write("a/1.jpg", "a/notes.txt", "a/.DS_Store", "b/1.jpg", ".git/x.jpg");

        var photos = PhotoSet.OfFolder(_temp.Path);

        Assert.Equal(["a", "b"], photos.Classes.Select(known => known.Folder));
        Assert.Equal([$"{_temp.File("a/notes.txt")}: no photo by its name"], photos.Ignored);
    }

    [Fact]
    public void A_missing_root_is_an_error()
    {
        var error = Assert.Throws<PhotoSetException>(() => PhotoSet.OfFolder(_temp.File("nothing")));

        Assert.Equal($"{_temp.File("nothing")}: no such folder, expected one folder of photos per sock in it", error.Message);
    }

    [Fact]
    public void A_folder_without_class_folders_is_an_error()
    {
        Write("google.jpg");

        var error = Assert.Throws<PhotoSetException>(() => PhotoSet.OfFolder(_temp.Path));

        Assert.Equal(
            $"{_temp.Path}: holds no class of photos: make one folder of photos per sock (class-google, class-mongo)", error.Message);
    }

    [Fact]
    public void A_class_without_a_photo_is_an_error()
    {
        Write("class-google/1.jpg", "class-mongo/notes.txt");

        var error = Assert.Throws<PhotoSetException>(() => PhotoSet.OfFolder(_temp.Path));

        Assert.StartsWith($"{_temp.File("class-mongo")}: holds no photo (.jpg, ", error.Message);
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
