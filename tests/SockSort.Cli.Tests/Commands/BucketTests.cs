using SockSort.Cli.Output;
using SockSort.Testing;

namespace SockSort.Cli.Tests.Commands;

/// <summary>Buckets in place of folders: copied to and from, listed, packed; another client puts and gets the same files.</summary>
public sealed class BucketTests(S3Server server) : IClassFixture<S3Server>
{
    private readonly string _socks = Repository.Shared("data/sock-photos");

    [Fact]
    public async Task What_is_copied_into_a_bucket_another_client_reads_unchanged()
    {
        await server.StartAsync();
        using var folder = new TempFolder();

        var run = await CliRun.InvokeAsync(
            "dataset", "copy", _socks, "s3://socks/copied", "--include", "*.jpg", "--exclude", "class-google/**");
        await server.S3CmdAsync("get", "--recursive", "s3://socks/copied/", folder.Path);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var expected = Files(_socks)
            .Where(file =>
                file.Key.EndsWith(".jpg", StringComparison.Ordinal) && !file.Key.StartsWith("class-google/", StringComparison.Ordinal));
        Assert.Equal(expected, Files(folder.Path));
    }

    [Fact]
    public async Task What_another_client_put_into_a_bucket_is_copied_out_unchanged()
    {
        await server.StartAsync();
        using var folder = new TempFolder();
        await server.S3CmdAsync("put", "--recursive", $"{_socks}/class-mongo", "s3://socks/put/");

        var run = await CliRun.InvokeAsync("dataset", "copy", "s3://socks/put", folder.Path);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(Files($"{_socks}/class-mongo"), Files(folder.File("class-mongo")));
    }

    [Fact]
    public async Task A_copy_started_again_writes_only_what_is_missing_or_differs()
    {
        await server.StartAsync();
        using var folder = new TempFolder();
        await CliRun.InvokeAsync("dataset", "copy", $"{_socks}/class-github", "s3://socks/again");
        await CliRun.InvokeAsync("dataset", "copy", "s3://socks/again", folder.Path);
        var photos = Directory.GetFiles(folder.Path).Order(StringComparer.Ordinal).ToArray();
        File.Delete(photos[0]);
        var bytes = File.ReadAllBytes(photos[1]);
        bytes[^1] ^= 1;
        File.WriteAllBytes(photos[1], bytes);

        var run = await CliRun.InvokeAsync("dataset", "copy", "s3://socks/again", folder.Path);

        Assert.Matches($@"copied 2 files \(\d+ bytes\), {photos.Length - 2} were there already, 0 failed", run.Output);
        Assert.Equal(Files($"{_socks}/class-github"), Files(folder.Path));
    }

    [Fact]
    public async Task A_file_of_many_parts_is_checked_by_the_md5_that_is_kept_with_it()
    {
        await server.StartAsync();
        using var folder = new TempFolder();
        var large = new byte[20 << 20];
        new Random(1).NextBytes(large);
        File.WriteAllBytes(folder.File("model.tar.gz"), large);

        var put = await CliRun.InvokeAsync("dataset", "copy", folder.File("model.tar.gz"), "s3://socks/models");
        var get = await CliRun.InvokeAsync("dataset", "copy", "s3://socks/models/model.tar.gz", folder.File("back"));
        var again = await CliRun.InvokeAsync("dataset", "copy", folder.File("model.tar.gz"), "s3://socks/models");

        Assert.Equal((0, 0), (put.ExitCode, get.ExitCode));
        Assert.Equal(large, File.ReadAllBytes(folder.File("back/model.tar.gz")));
        Assert.Contains("copied 0 files (0 bytes), 1 were there already", again.Output);
    }

    [Fact]
    public async Task Lists_and_records_made_in_a_bucket_are_byte_for_byte_those_made_in_a_folder()
    {
        await server.StartAsync();
        using var folder = new TempFolder();
        await CliRun.InvokeAsync("dataset", "copy", _socks, "s3://socks/photos", "--include", "class-*/*.jpg");

        var list = await CliRun.InvokeAsync(
            "im2rec", "--list", "--recursive", "--train-ratio", "0.8", "s3://socks/sets/sock", "s3://socks/photos");
        var pack = await CliRun.InvokeAsync(
            "im2rec", "--resize", "512", "--center-crop", "--num-thread", "4", "s3://socks/sets/sock", "s3://socks/photos");
        await server.S3CmdAsync("get", "--recursive", "s3://socks/sets/", folder.Path);

        Assert.Equal((0, ""), (list.ExitCode, list.Error));
        Assert.Equal((0, "packed 18 photos\n"), (pack.ExitCode, pack.Error));
        Assert.StartsWith("class-confluent 0\nclass-databricks 1\n", list.Output);
        var golden = Repository.Shared("goldens/im2rec/rec/resize512_crop_threads4");
        foreach (var file in Directory.GetFiles(golden, "sock_*.*"))
            Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(folder.File(Path.GetFileName(file))));
    }

    [Fact]
    public async Task Training_reads_records_a_list_or_a_folder_of_a_bucket_and_writes_the_same_model_there()
    {
        await server.StartAsync();
        using var folder = new TempFolder();
        await CliRun.InvokeAsync("dataset", "copy", _socks, "s3://socks/taught", "--include", "class-*/*.jpg");
        await CliRun.InvokeAsync("im2rec", "--list", "--recursive", "--no-shuffle", "s3://socks/taught-sets/sock", "s3://socks/taught");
        await CliRun.InvokeAsync("im2rec", "--pass-through", "s3://socks/taught-sets/sock", "s3://socks/taught");
        string[] quick = ["--blocks", "0", "--copies", "1"];

        var ofRecords = await CliRun.InvokeAsync(
            ["train", "--data", "s3://socks/taught-sets/sock.rec", "--out", "s3://socks/models/records.tar.gz", .. quick]);
        var ofList = await CliRun.InvokeAsync(
            [
                "train", "--data", "s3://socks/taught-sets/sock.lst", "--root", "s3://socks/taught", "--out",
                "s3://socks/models/list.tar.gz", .. quick,
            ]);
        var ofFolder = await CliRun.InvokeAsync(
            ["train", "--data", "s3://socks/taught", "--out", "s3://socks/models/folder.tar.gz", .. quick]);
        await server.S3CmdAsync("get", "--recursive", "s3://socks/models/", folder.Path);

        Assert.Equal(
            (0, "", 0, "", 0, ""), (ofRecords.ExitCode, ofRecords.Error, ofList.ExitCode, ofList.Error, ofFolder.ExitCode, ofFolder.Error));
        var model = File.ReadAllBytes(folder.File("folder.tar.gz"));
        Assert.Equal(model, File.ReadAllBytes(folder.File("list.tar.gz")));
        Assert.Equal(model, File.ReadAllBytes(folder.File("records.tar.gz")));
        var show = await CliRun.InvokeAsync("model", "show", "s3://socks/models/folder.tar.gz");
        var classify = await CliRun.InvokeAsync(
            "classify", "s3://socks/models/folder.tar.gz", Directory.GetFiles($"{_socks}/class-google")[0]);
        Assert.Equal((0, 0), (show.ExitCode, classify.ExitCode));
        Assert.Contains("Google", classify.Output);
    }

    [Fact]
    public async Task A_record_file_of_a_bucket_is_unpacked_shown_and_checked_into_the_bucket()
    {
        await server.StartAsync();
        using var folder = new TempFolder();
        await server.S3CmdAsync("put", Repository.Shared("goldens/im2rec/rec/pass_through/sock_train.rec"), "s3://socks/packed/");

        var unpack = await CliRun.InvokeAsync("dataset", "unpack", "s3://socks/packed/sock_train.rec", "s3://socks/unpacked");
        var show = await CliRun.InvokeAsync("dataset", "show", "s3://socks/packed/sock_train.rec");
        var checkRecords = await CliRun.InvokeAsync("dataset", "check", "s3://socks/packed/sock_train.rec");
        var checkFolder = await CliRun.InvokeAsync("dataset", "check", "s3://socks/unpacked", "--html", "s3://socks/packed/check.html");
        await server.S3CmdAsync("get", "--recursive", "s3://socks/packed/", folder.Path);
        Directory.CreateDirectory(folder.File("unpacked"));
        await server.S3CmdAsync("get", "--recursive", "s3://socks/unpacked/", folder.File("unpacked"));

        Assert.Equal((0, 0, 0, 0), (unpack.ExitCode, show.ExitCode, checkRecords.ExitCode, checkFolder.ExitCode));
        Assert.Equal(14, Directory.GetFiles(folder.File("unpacked"), "*.jpg", SearchOption.AllDirectories).Length);
        Assert.Contains("14 photos, ", checkRecords.Output);
        Assert.Contains("14 photos, ", checkFolder.Output);
        Assert.Contains("Check of s3://socks/unpacked", File.ReadAllText(folder.File("check.html")));
        Assert.Equal(14, File.ReadAllText(folder.File("sock_train.html")).Split("<img ").Length - 1);
    }

    [Fact]
    public async Task A_bucket_that_is_not_there_is_named()
    {
        await server.StartAsync();

        var run = await CliRun.InvokeAsync("dataset", "copy", "s3://shoes/photos", "x");

        Assert.Equal(
            (ExitCode.Failed, "socksort: s3://shoes/photos/ cannot be listed: there is no bucket shoes\n"), (run.ExitCode, run.Error));
    }

    private static SortedDictionary<string, string> Files(string folder) => new(
        Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
            .ToDictionary(
                path => Path.GetRelativePath(folder, path),
                path => Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path)))),
        StringComparer.Ordinal);
}
