using SockSort.Testing;

namespace SockSort.Cli.Tests.Commands;

public sealed class PhotosCommandTests
{
    [Fact]
    public async Task Class_folders_of_the_asked_size_are_written()
    {
        using var folder = new TempFolder();

        var code = await RunAsync("photos", "synth", "--classes", "2", "--per-class", "3", "--out", folder.File("photos"));

        Assert.Equal(0, code);
        Assert.Equal(2, Directory.GetDirectories(folder.File("photos"), "class-*").Length);
        Assert.Equal(6, Directory.GetFiles(folder.File("photos"), "00?.jpg", SearchOption.AllDirectories).Length);
    }

    [Theory]
    [InlineData("photos")]
    [InlineData("camera")]
    public async Task Frames_of_either_world_are_written_with_a_label_each(string world)
    {
        using var folder = new TempFolder();

        var code = await RunAsync("photos", "synth", "--world", world, "--frames", "5", "--out", folder.Path);

        Assert.Equal(0, code);
        Assert.Equal(5, Directory.GetFiles(folder.Path, "frame_00?.jpg").Length);
        Assert.Equal(6, File.ReadAllLines(folder.File("labels.csv")).Length);
    }

    [Fact]
    public async Task A_folder_that_is_not_empty_is_left_alone_unless_forced()
    {
        using var folder = new TempFolder();
        folder.Write("notes.txt", "mine");

        var refused = await RunAsync("photos", "synth", "--frames", "1", "--out", folder.Path);
        var before = Directory.GetFiles(folder.Path).Length;
        var forced = await RunAsync("photos", "synth", "--frames", "1", "--out", folder.Path, "--force");

        Assert.Equal((1, 1, 0), (refused, before, forced));
        Assert.Equal(3, Directory.GetFiles(folder.Path).Length);
    }

    [Theory]
    [InlineData("--classes", "1")]
    [InlineData("--classes", "17")]
    [InlineData("--classes", "many")]
    [InlineData("--per-class", "0")]
    [InlineData("--frames", "-1")]
    [InlineData("--world", "moon")]
    [InlineData("--world", "camera")]
    [InlineData("--fps", "0")]
    public async Task A_wrong_option_is_wrong_usage_and_writes_nothing(string option, string value)
    {
        using var folder = new TempFolder();

        var code = await RunAsync("photos", "synth", "--out", folder.File("photos"), option, value);

        Assert.Equal(2, code);
        Assert.False(Directory.Exists(folder.File("photos")));
    }

    private static Task<int> RunAsync(params string[] args) => CommandLine.RunAsync(args);
}
