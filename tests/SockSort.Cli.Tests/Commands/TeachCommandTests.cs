using SockSort.Edge.Tests.Cameras;
using SockSort.Models.Versions;
using SockSort.Testing;

namespace SockSort.Cli.Tests.Commands;

/// <summary>Synthetic socks before a camera, one folder of frames for each sock that is shown.</summary>
public sealed class TeachCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string Photos => _folder.File("photos");

    private string Model => _folder.File("model.tar.gz");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Socks_that_are_shown_are_learnt_and_the_model_before_can_be_taken_back()
    {
        var socks = await ShowSocksAsync();
        _ = await TeachAsync(socks[0], "--no-train");
        var (firstCode, first, _) = await TeachAsync(socks[1], "--steps", "1");
        var before = PackageFile.Read(Model);

        var (code, output, error) = await TeachAsync(socks[2], "--steps", "1", "--anyway");
        var after = PackageFile.Read(Model);
        _ = await CliRun.InvokeAsync("model", "rollback", "--model", Model);

        Assert.True((firstCode, code) == (0, 0), first + output + error);
        Assert.Equal([.. socks.Take(2).Order(), "Blank"], before.Package.Labels);
        Assert.Equal([.. socks.Order(), "Blank"], after.Package.Labels);
        Assert.Matches($"{socks[2]}: [3-6] photos of [0-9]+ frames are in ", output);
        Assert.Contains("both asked about the photos that the new model learnt from, so it tells fewer of other pictures", output);
        Assert.Matches($"new {after.Version}: accuracy ", output);
        Assert.Contains($"version {after.Version} is in use now; 'socksort model rollback --model {Model}' takes it back", output);
        Assert.Equal(before.Sha256, PackageFile.Read(Model).Sha256);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path, "*.taught*"));
    }

    [Fact]
    public async Task One_sock_alone_makes_no_model_yet()
    {
        Pictures.WriteFolder(Directory.CreateDirectory(_folder.File("shown")).FullName);

        var taught = await CliRun.InvokeAsync(
            "teach", "Stripes", "--camera", _folder.File("shown"), "--photos", Photos, "--model", Model, "--fps", "0");

        Assert.NotEqual(0, taught.ExitCode);
        Assert.EndsWith(
            $"{Photos} holds Stripes alone: teach another sock, or 'blank', then a model can tell them apart", taught.LastError);
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(Photos, "class-stripes")));
        Assert.False(File.Exists(Model));
    }

    [Theory]
    [InlineData(
        "Stripes", "only 1 of the frames could be used, and 3 is the least: show it longer, turn it, mind the light. Nothing was changed")]
    [InlineData("<script>", "'<' is no letter of a sock's name: letters, digits, blanks, - and _ are")]
    public async Task What_cannot_be_taught_changes_nothing(string name, string problem)
    {
        Directory.CreateDirectory(_folder.File("shown"));
        Pictures.WriteFolder(_folder.File("shown"));
        foreach (var file in Directory.GetFiles(_folder.File("shown")).Order().Skip(1))
            File.Delete(file);

        var (code, _, error) = await CliRun.InvokeAsync(
            "teach", name, "--camera", _folder.File("shown"), "--photos", Photos, "--model", Model, "--fps", "0");

        Assert.NotEqual(0, code);
        Assert.Contains($"{name}: {problem}", error);
        Assert.Empty(Directory.Exists(Photos) ? Directory.GetFileSystemEntries(Photos) : []);
    }

    /// <returns>The names of three socks, for each of which there is a folder of frames.</returns>
    private async Task<string[]> ShowSocksAsync()
    {
        var frames = _folder.File("frames");
        _ = await CliRun.InvokeAsync(
            "photos", "synth", "--world", "camera", "--classes", "3", "--seed", "3", "--frames", "150", "--out", frames);
        var bySock = File.ReadLines(Path.Combine(frames, "labels.csv")).Skip(1)
            .Select(line => line.Split(','))
            .Where(cells => cells[1] != "Blank")
            .GroupBy(cells => cells[1], cells => cells[0]);
        foreach (var sock in bySock)
        {
            var folder = Directory.CreateDirectory(_folder.File($"show/{sock.Key}"));
            foreach (var frame in sock)
                File.Copy(Path.Combine(frames, frame), Path.Combine(folder.FullName, frame));
        }
        return [.. bySock.Select(sock => sock.Key)];
    }

    private Task<CliRun> TeachAsync(string sock, params string[] more) => CliRun.InvokeAsync(
    [
        "teach", sock, "--camera", _folder.File($"show/{sock}"), "--photos", Photos, "--model", Model, "--fps", "0", "--frames", "6",
        .. more,
    ]);
}
