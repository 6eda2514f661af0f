using SockSort.Cli.Output;
using SockSort.Testing;

namespace SockSort.Cli.Tests.Commands;

public sealed class Im2RecCommandTests
{
    // ext4 takes 65 000 links to a file.
    private const int MostLinks = 50_000;

    private readonly string _socks = Repository.Shared("data/sock-photos");

    [Fact]
    public async Task Folders_and_labels_are_printed_and_the_lists_written()
    {
        using var folder = new TempFolder();

        var run = await CliRun.InvokeAsync("im2rec", "--list", "--recursive", "--train-ratio", "0.8", folder.File("sock"), _socks);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(
            "class-confluent 0\nclass-databricks 1\nclass-github 2\nclass-google 3\nclass-mongo 4\nclass-streamset 5\n", run.Output);
        Assert.Equal(
            File.ReadAllText(Repository.Shared("goldens/im2rec/lst/train80/sock_train.lst")),
            File.ReadAllText(folder.File("sock_train.lst")));
    }

    [Fact]
    public async Task Options_may_be_cut_short_joined_with_a_sign_and_repeated_as_argparse_has_it()
    {
        using var folder = new TempFolder();

        var run = await CliRun.InvokeAsync(
            "im2rec", "--li", "--rec", "--train=0.5", "--train-ratio", "0.8", "--integer", folder.File("sock"), _socks);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(
            File.ReadAllText(Repository.Shared("goldens/im2rec/lst/train80_master/sock_train.lst")),
            File.ReadAllText(folder.File("sock_train.lst")));
    }

    [Fact]
    public async Task Extensions_take_all_words_up_to_the_next_option_and_so_need_a_pair_of_dashes_before_the_prefix()
    {
        using var folder = new TempFolder();

        var wrong = await CliRun.InvokeAsync("im2rec", "--list", "--exts", ".png", folder.File("sock"), _socks);
        var right = await CliRun.InvokeAsync(
            "im2rec", "--list", "--recursive", "--no-shuffle", "--exts", ".png", "--", folder.File("shapes"),
            Repository.Shared("goldens/im2rec/inputs/shapes"));

        Assert.Equal(ExitCode.WrongUsage, wrong.ExitCode);
        Assert.Equal((0, ""), (right.ExitCode, right.Error));
        Assert.Equal(
            File.ReadAllText(Repository.Shared("goldens/im2rec/lst/exts_png/shapes.lst")), File.ReadAllText(folder.File("shapes.lst")));
    }

    [Fact]
    public async Task Photos_that_rounding_leaves_in_no_list_are_counted()
    {
        using var folder = new TempFolder();

        var run = await CliRun.InvokeAsync(
            "im2rec", "--list", "--recursive", "--train-ratio", "0.8", "--test-ratio", "0.2", folder.File("sock"), _socks);

        Assert.Equal("1 of 18 photos are in no list: the ratios sum to 1 or more, and rounding leaves them over\n", run.Error);
    }

    [Theory]
    [InlineData(0, "--skip-bad")]
    [InlineData(1, "--no-skip-bad", "--num-thread", "2")]
    [InlineData(1)]
    [InlineData(0, "--num-thread", "2")]
    public async Task A_left_out_photo_decides_the_status_unless_it_may_be_skipped(int status, params string[] options)
    {
        using var folder = new TempFolder();
        folder.Write("bad.lst", "0\t0\tclass-a/good_1.jpg\n1\t0\tclass-a/text.jpg\n");

        var run = await CliRun.InvokeAsync(["im2rec", .. options, folder.File("bad"), Repository.Shared("goldens/im2rec/inputs/bad")]);

        Assert.Equal(status, run.ExitCode);
        Assert.Equal("packed 1 photo, left out 1 photo", run.LastError);
    }

    /// <summary>
    /// Hard links to one photo: 100 000 with <c>SOCKSORT_TESTS=all</c>, two thousand else; in a process of its own, whose peak the system
    /// tells.
    /// </summary>
    [Fact]
    public async Task Memory_stays_below_300_MB_for_a_hundred_thousand_photos()
    {
        var count = Environment.GetEnvironmentVariable("SOCKSORT_TESTS") == "all" ? 100_000 : 2000;
        using var folder = new TempFolder();
        for (var i = 0; i <= count / MostLinks; i++)
            File.Copy(Repository.Shared("goldens/im2rec/inputs/shapes/class-size/land_320x240.jpg"), folder.File($"photo{i}.jpg"));
        Directory.CreateDirectory(folder.File("photos"));
        for (var i = 0; i < count; i++)
            await LinkAsync(folder, i);
        await CliRun.InvokeAsync("im2rec", "--list", folder.File("many"), folder.File("photos"));

        var (exitCode, output) = await TimedAsync(
            "im2rec", "--resize", "64", "--num-thread", "2", folder.File("many"), folder.File("photos"));

        Assert.Contains($"packed {count} photos", output);
        Assert.Equal(0, exitCode);
        Assert.InRange(int.Parse(output.Split("peak kB: ")[1].Split('\n')[0]), 1, 300 * 1024);
    }

    [Fact]
    public async Task A_killed_run_leaves_no_record_file_and_the_next_removes_what_it_left()
    {
        using var folder = new TempFolder();
        File.Copy(Repository.Shared("goldens/im2rec/inputs/shapes/class-size/land_320x240.jpg"), folder.File("photo.jpg"));
        folder.Write("many.lst", string.Concat(Enumerable.Range(0, 20_000).Select(i => $"{i}\t0\tphoto.jpg\n")));
        string[] Unfinished() => Directory.GetFiles(folder.Path, ".*-part");
        await using var run = SocksortProcess.Start(["im2rec", folder.File("many"), folder.Path]);
        await Eventually.TrueAsync(() => Unfinished().Any(path => new FileInfo(path).Length > 0), "it packs");

        await run.KillAsync();
        var left = Unfinished();
        folder.Write("many.lst", "0\t0\tphoto.jpg\n");
        var next = await CliRun.InvokeAsync("im2rec", folder.File("many"), folder.Path);

        Assert.Equal(2, left.Length);
        Assert.Equal((0, "packed 1 photo\n"), (next.ExitCode, next.Error));
        Assert.Empty(Unfinished());
    }

    private static Task LinkAsync(TempFolder folder, int i) => Task.Run(() =>
        HardLink.Create(folder.File($"photo{i / MostLinks}.jpg"), folder.File($"photos/{i:000000}.jpg")));

    private static async Task<(int ExitCode, string Output)> TimedAsync(params string[] arguments)
    {
        var start = new System.Diagnostics.ProcessStartInfo(Programs.Find("bash"),
            ["-c", "\"$@\" & pid=$!; peak=0; while kill -0 $pid 2>/dev/null; do now=$(awk '/VmHWM/ {print $2}' /proc/$pid/status "
                + "2>/dev/null); [ -n \"$now\" ] && peak=$now; sleep 0.2; done; wait $pid; code=$?; echo \"peak kB: $peak\"; exit $code",
             "timed", Path.Combine(AppContext.BaseDirectory, "socksort"), .. arguments])
        { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = System.Diagnostics.Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await error);
    }
}
