using System.Diagnostics;
using System.Text.Json.Nodes;
using SockSort.Imaging;
using SockSort.Imaging.Encoding;
using SockSort.Models.Package;
using SockSort.Testing;

namespace SockSort.Cli.Tests.Commands;

public sealed class TrainCommandTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task A_folder_of_photos_becomes_a_package_with_a_table_and_an_accuracy()
    {
        WritePhotos();
        _temp.Write("photos/class-red/broken.jpg", "no photo");
        _temp.Write("photos/class-red/notes.txt", "mine");

        var (code, output, error) = await RunAsync(
            "train", "--data", _temp.File("photos"), "--out", _temp.File("model.tar.gz"), "--blocks", "0", "--copies", "2");

        Assert.Equal((0, ""), (code, error));
        Assert.Equal(["Blue", "Red", "Blank"], ModelPackage.Read(_temp.File("model.tar.gz")).Labels);
        Assert.Contains("notes.txt: no photo by its name", output);
        Assert.Contains("broken.jpg: not a picture of a format that can be read", output);
        Assert.Contains("class-blue", output);
        Assert.Matches(@"accuracy [0-9.]+ % \([0-4] of 4; ", output);
        Assert.Contains("1 skipped", output);
    }

    [Fact]
    public async Task A_second_training_keeps_the_version_that_it_replaces()
    {
        WritePhotos();
        string[] line =
            ["train", "--data", _temp.File("photos"), "--out", _temp.File("model.tar.gz"), "--blocks", "0", "--copies", "2", "--seed"];
        _ = await RunAsync([.. line, "1"]);
        var first = ModelPackage.Read(_temp.File("model.tar.gz")).ToBytes();

        var (code, output, _) = await RunAsync([.. line, "2"]);
        var (_, listed, _) = await RunAsync("model", "list", "--model", _temp.File("model.tar.gz"));
        _ = await RunAsync("model", "rollback", "--model", _temp.File("model.tar.gz"));

        Assert.Equal(0, code);
        Assert.Matches("version [0-9a-f]{12}, which it replaces, is kept: 'socksort model rollback' puts it back", output);
        Assert.Matches(@"Blue, Red, Blank +4 +[0-9.]+ % *\n.* Blue, Red, Blank +4 +[0-9.]+ % +in use", listed);
        Assert.Equal(first, File.ReadAllBytes(_temp.File("model.tar.gz")));
    }

    [Fact]
    public async Task A_report_shows_the_held_out_photos_and_how_it_learnt()
    {
        WritePhotos();

        var (code, _, _) = await RunAsync(
            "train",
            "--data",
            _temp.File("photos"),
            "--out",
            _temp.File("model.tar.gz"),
            "--copies",
            "2",
            "--report",
            _temp.File("report"));

        var page = File.ReadAllText(_temp.File("report/report.html"));
        Assert.Equal(0, code);
        Assert.Contains("Before the tuning 4 photos were held out in turns (2 folds)", page);
        Assert.Contains("The model itself judged the photos that it has learnt from, and changed copies of them that it has not", page);
        Assert.Contains("data:image/jpeg;base64,", page);
        Assert.Contains("How it learnt", page);
        // Each photo, and four copies of each.
        Assert.Equal(20, (int?)JsonNode.Parse(File.ReadAllText(_temp.File("report/metrics.json")))!["known"]);
    }

    [Fact]
    public async Task A_share_of_the_photos_judges_the_model_and_the_report_says_so()
    {
        WritePhotos();

        var (code, output, error) =
            await RunAsync("train", "--data", _temp.File("photos"), "--out", _temp.File("model.tar.gz"), "--blocks", "0", "--copies", "2",
            "--validation-split", "0.5", "--report", _temp.File("report"));

        Assert.Equal((0, ""), (code, error));
        Assert.Matches(@"accuracy [0-9.]+ % \([0-2] of 2; ", output);
        Assert.Contains(
            "judged by: 2 photos, a share of 0.5 of each class, were held out: the model itself judged them and had "
                + "learnt from none of them",
            output);
        Assert.Contains("2 photos, a share of 0.5 of each class, were held out", File.ReadAllText(_temp.File("report/report.html")));
        Assert.Equal(2, (int?)JsonNode.Parse(File.ReadAllText(_temp.File("report/metrics.json")))!["known"]);
    }

    [Fact]
    public async Task Pictures_of_another_folder_judge_the_model()
    {
        WritePhotos();
        Write("camera/class-red/1.png", channel: 0, shift: 3);
        Write("camera/class-blue/1.png", channel: 2, shift: 3);

        var (code, output, error) =
            await RunAsync("train", "--data", _temp.File("photos"), "--out", _temp.File("model.tar.gz"), "--blocks", "0", "--copies", "2",
            "--validation", _temp.File("camera"));

        Assert.Equal((0, ""), (code, error));
        Assert.Contains($"judged by: 2 photos of {_temp.File("camera")}: the model itself judged them", output);
        Assert.Equal(2, (int)ModelPackage.Read(_temp.File("model.tar.gz")).Card.Metrics["photos_held_out"]!);
    }

    [Fact]
    public async Task A_package_for_which_the_disk_is_too_small_leaves_the_steps_to_the_next_run()
    {
        WritePhotos();
        await using var disk = await SmallDisk.MountAsync(_temp.File("disk"), "18m");
        string[] command =
        [
            "train", "--data", _temp.File("photos"), "--out", _temp.File("disk/model.tar.gz"), "--image-size", "64", "--blocks", "1",
            "--steps", "1", "--copies", "1",
        ];

        var failed = await RunAsync(command);
        string[] kept = [.. Directory.GetFiles(disk.Folder).Select(file => Path.GetFileName(file))];
        await disk.GrowAsync("64m");
        var done = await RunAsync(command);

        Assert.Equal(1, failed.Item1);
        Assert.Equal(["model.tar.gz.checkpoint"], kept);
        Assert.Equal(0, done.Item1);
        Assert.Equal(["model.tar.gz"], Directory.GetFiles(disk.Folder).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("--out", "is a folder, expected the name of a file to write")]
    [InlineData("--report", "is a file and no folder")]
    public async Task An_output_that_cannot_be_written_is_noticed_before_the_work_begins(string option, string reason)
    {
        WritePhotos();
        Directory.CreateDirectory(_temp.File("model.tar.gz"));
        _temp.Write("report", "");
        string[] outputs = option == "--out" ? ["--out", _temp.File("model.tar.gz")]
            : ["--out", _temp.File("good.tar.gz"), "--report", _temp.File("report")];

        var (code, output, error) = await RunAsync(["train", "--data", _temp.File("photos"), .. outputs]);

        Assert.Equal((1, ""), (code, output));
        Assert.Contains(reason, error);
    }

    [Fact]
    public async Task Two_ways_to_judge_are_wrong_usage()
    {
        var (code, _, error) = await RunAsync("train", "--data", "x", "--out", "y", "--validation", "z", "--validation-split", "0.2");

        Assert.Equal(2, code);
        Assert.StartsWith("socksort: --validation and --validation-split both say what the model is judged by: give one of them\n", error);
    }

    [Fact]
    public async Task A_run_that_fails_leaves_the_old_model_as_it_is()
    {
        _temp.Write("photos/class-red/1.jpg", "no photo");
        _temp.Write("photos/class-blue/1.jpg", "no photo");
        var old = _temp.Write("model.tar.gz", "the old one");

        var (code, _, error) = await RunAsync("train", "--data", _temp.File("photos"), "--out", old);

        Assert.Equal(1, code);
        Assert.StartsWith($"socksort: {_temp.File("photos")}: 0 of its classes have a readable photo, at least 2 are needed", error);
        Assert.DoesNotContain("   at ", error);
        Assert.Equal("the old one", File.ReadAllText(old));
    }

    [Fact]
    public async Task A_missing_folder_is_an_error_in_one_line()
    {
        var (code, _, error) = await RunAsync("train", "--data", _temp.File("nothing"), "--out", _temp.File("model.tar.gz"));

        Assert.Equal(1, code);
        Assert.Equal($"socksort: {_temp.File("nothing")}: no such folder, expected one folder of photos per sock in it\n", error);
    }

    [Fact]
    public async Task The_backbone_is_tuned_with_the_head_unless_it_is_told_otherwise()
    {
        WritePhotos();

        var (code, output, error) = await RunAsync(
            "train", "--data", _temp.File("photos"), "--out", _temp.File("model.tar.gz"), "--steps", "20", "--mini-batch-size", "16",
            "--image-size", "64", "--copies", "1");

        Assert.Equal((0, ""), (code, error));
        Assert.Contains("tuning the backbone, in steps (20)", output);
        var card = ModelPackage.Read(_temp.File("model.tar.gz")).Card;
        Assert.Equal((20, 8, 64), ((int)card.Training["steps"]!, (int)card.Training["blocks"]!, card.Input.Size));
        Assert.Equal(["model.tar.gz", "photos"], Directory.GetFileSystemEntries(_temp.Path).Select(Path.GetFileName).Order());
    }

    [Theory]
    [InlineData("--copies", "0", "--copies 0 is out of range: choose 1 to 1000")]
    [InlineData("--threads", "65", "--threads 65 is out of range: choose 1 to 64")]
    [InlineData("--l2", "-1", "--l2 -1 is out of range: choose 1E-09 to 1000")]
    [InlineData("--mini-batch-size", "1", "--mini-batch-size 1 is out of range: choose 2 to 1024")]
    [InlineData("--image-size", "100", "--image-size 100 is no multiple of 32: choose 96")]
    public async Task A_number_out_of_range_is_wrong_usage(string option, string value, string message)
    {
        var (code, _, error) = await RunAsync("train", "--data", "x", "--out", "y", option, value);

        Assert.Equal(2, code);
        Assert.StartsWith($"socksort: {message}\n", error);
    }

    private void WritePhotos()
    {
        for (var photo = 0; photo < 2; photo++)
        {
            Write($"photos/class-red/{photo}.png", channel: 0, photo);
            Write($"photos/class-blue/{photo}.png", channel: 2, photo);
        }
    }

    private void Write(string name, int channel, int shift)
    {
        var frame = new Frame(96, 96);
        frame.Rgb.AsSpan().Fill(180);
        for (var i = 0; i < 96 * 96; i++)
        {
            if (i % 96 is > 30 and < 66 && (i / 96 + shift * 4) % 16 < 9)
                (frame.Rgb[i * 3], frame.Rgb[i * 3 + 1], frame.Rgb[i * 3 + 2], frame.Rgb[i * 3 + channel]) = (20, 20, 20, 220);
        }
        var path = _temp.File(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, PngWriter.Encode(frame));
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "socksort.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // Spectre breaks lines at this width where there is no terminal.
            Environment = { ["COLUMNS"] = "400" },
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }
}
