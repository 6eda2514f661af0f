using System.Text.Json.Nodes;
using SockSort.Edge.Tests.Cameras;
using SockSort.Edge.Tests.Loop;
using SockSort.Models.Versions;
using SockSort.Testing;

namespace SockSort.Cli.Tests.Commands;

public sealed class ModelVersionsCommandTests : IDisposable
{
    private static readonly PackageFile Old = PackageFile.Of(ColourModel.Package());
    private static readonly PackageFile New = PackageFile.Of(ColourModel.Package(["Google", "Mongo", "Confluent", "Blank"]));

    private readonly TempFolder _folder = new();

    public ModelVersionsCommandTests()
    {
        Directory.CreateDirectory(_folder.File("pictures"));
        Pictures.WriteFolder(_folder.File("pictures"));
        Old.Package.Write(Model);
        New.Package.Write(_folder.File("new.tar.gz"));
    }

    private string Model => _folder.File("model.tar.gz");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_package_is_put_in_use_and_rolled_back_to_identical_answers()
    {
        var pictures = Directory.GetFiles(_folder.File("pictures")).Order().ToArray();
        var before = await CliRun.InvokeAsync(["classify", Model, .. pictures, "--json"]);

        var used = await CliRun.InvokeAsync("model", "use", _folder.File("new.tar.gz"), "--model", Model);
        var between = await CliRun.InvokeAsync(["classify", Model, .. pictures, "--json"]);
        var back = await CliRun.InvokeAsync("model", "rollback", "--model", Model);
        var after = await CliRun.InvokeAsync(["classify", Model, .. pictures, "--json"]);

        Assert.Equal((0, $"{Model}: version {New.Version} is in use now, before it was {Old.Version}\n"), (used.ExitCode, used.Output));
        Assert.NotEqual(before.Output, between.Output);
        Assert.Equal(
            (0, $"{Model}: version {Old.Version} is in use again: Google, Confluent, Mongo, Blank\n"), (back.ExitCode, back.Output));
        Assert.Equal(before.Output, after.Output);
    }

    [Fact]
    public async Task The_versions_are_listed()
    {
        _ = await CliRun.InvokeAsync("model", "use", _folder.File("new.tar.gz"), "--model", Model);

        var table = await CliRun.InvokeAsync("model", "list", "--model", Model);
        var json = JsonNode.Parse((await CliRun.InvokeAsync("model", "list", "--model", Model, "--json")).Output)!.AsArray();

        Assert.Matches($@"{Old.Version} .* Google, Confluent, Mongo, Blank +- +- *\n", table.Output);
        Assert.Matches($@"{New.Version} .* Google, Mongo, Confluent, Blank +- +- +in use", table.Output);
        Assert.Equal([Old.Version, New.Version], json.Select(row => (string?)row!["version"]));
        Assert.Equal([false, true], json.Select(row => (bool)row!["in_use"]!));
    }

    [Fact]
    public async Task Two_versions_are_compared_on_the_same_pictures()
    {
        WriteSocks();
        _ = await CliRun.InvokeAsync("model", "use", _folder.File("new.tar.gz"), "--model", Model);
        string[] line = ["model", "diff", Old.Version, Model, "--photos", _folder.File("socks"), "--model", Model];

        var table = await CliRun.InvokeAsync(line);
        var json = JsonNode.Parse((await CliRun.InvokeAsync([.. line, "--json"])).Output)!;

        Assert.Equal((0, ""), (table.ExitCode, table.Error));
        Assert.Matches(@"class-confluent.*1\.png +Confluent +Confluent [0-9.]+ % +Mongo [0-9.]+ % +worse", table.Output);
        Assert.EndsWith($"""
            old {Old.Version}: accuracy 100 % (3 of 3 whose label it knows)
            new {New.Version}: accuracy 33.3 % (1 of 3 whose label it knows)
            2 of 3 answers changed: 0 better, 2 worse, 0 neither

            """, table.Output);
        Assert.Equal((1.0, 1), ((double?)json["old"]!["accuracy"], (int?)json["new"]!["right"]));
        Assert.Equal(["Mongo", "Confluent"], json["changed"]!.AsArray().Select(change => (string?)change!["new"]!["label"]));
    }

    [Theory]
    [InlineData("0123456789ab", "no version '0123456789ab' is kept and there is no such file; kept are")]
    [InlineData("lost.tar.gz", "lost.tar.gz: no such file, expected a model package")]
    public async Task What_is_not_there_is_named(string wanted, string problem)
    {
        var run = await CliRun.InvokeAsync("model", "use", wanted, "--model", Model);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(problem, run.LastError);
        Assert.Equal(File.ReadAllBytes(Model), Bytes(Old));
    }

    [Fact]
    public async Task A_cut_off_package_is_named_and_not_put_in_use()
    {
        File.WriteAllBytes(_folder.File("cut.tar.gz"), Bytes(New)[..^100]);

        var run = await CliRun.InvokeAsync("model", "use", _folder.File("cut.tar.gz"), "--model", Model);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains($"{_folder.File("cut.tar.gz")}: the archive is cut off or no tar.gz", run.LastError);
        Assert.Equal(Bytes(Old), File.ReadAllBytes(Model));
    }

    [Fact]
    public async Task A_model_in_a_bucket_has_no_versions_here()
    {
        var run = await CliRun.InvokeAsync("model", "list", "--model", "s3://bucket/model.tar.gz");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("versions are kept beside a file on this machine", run.LastError);
    }

    private void WriteSocks()
    {
        var names = (string[])["google", "confluent", "mongo"];
        foreach (var (name, picture) in names.Zip(Directory.GetFiles(_folder.File("pictures")).Order()))
        {
            Directory.CreateDirectory(_folder.File($"socks/class-{name}"));
            File.Copy(picture, _folder.File($"socks/class-{name}/1.png"));
        }
    }

    private static byte[] Bytes(PackageFile version) => version.Package.ToBytes();
}
