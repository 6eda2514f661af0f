using System.IO.Compression;
using SockSort.Cli.Bundles;
using SockSort.Cli.Output;
using SockSort.Edge.Tests.Loop;
using SockSort.Host.Configuration.Settings;
using SockSort.Models.Versions;
using SockSort.Testing;

namespace SockSort.Cli.Tests.Bundles;

/// <summary>What a bundle holds, and what none may do.</summary>
public sealed class EdgeBundleTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("model: /srv/mine.tar.gz # best\ncameras: []\n", "model: model.tar.gz\ncameras: []\n")]
    [InlineData("cameras:\n  - model: x\n", "model: model.tar.gz\ncameras:\n  - model: x\n")]
    public void The_configuration_names_the_bundles_model_and_stays_as_it_is_otherwise(string text, string bundled) => Assert.Equal(
        bundled, BundledConfiguration.Of(_folder.File("c.yaml"), text, new RunConfiguration()).Text);

    [Fact]
    public void Scripts_keep_their_places_and_secrets_are_named_and_left_out()
    {
        var read = new RunConfiguration { Queries = [_folder.File("sql/sock.ksql")], Listen = new() { Key = "/etc/server.key" } };

        var bundled = BundledConfiguration.Of(
            _folder.File("c.yaml"), "auth: {password: ${env:P}}\nmqtt: {password: '${file:s.properties:P}', user: ${env:P}}\n", read);

        Assert.Equal([(_folder.File("sql/sock.ksql"), "sql/sock.ksql")], bundled.Files);
        Assert.Equal(["${env:P}", "${file:s.properties:P}", "listen.key: /etc/server.key"], bundled.LeftOut);
    }

    [Fact]
    public void A_script_outside_the_configurations_folder_is_refused()
    {
        var read = new RunConfiguration { Queries = ["/elsewhere/sock.ksql"] };

        var error = Assert.Throws<CommandException>(() => BundledConfiguration.Of(_folder.File("c.yaml"), "", read));

        Assert.StartsWith("/elsewhere/sock.ksql: lies outside the configuration's folder", error.Message);
    }

    [Fact]
    public void What_leads_out_of_the_folder_is_not_unpacked()
    {
        var bundle = Zip(("socksort.yaml", "x"), ("model.tar.gz", "x"), ("../evil", "x"));

        var error = Assert.Throws<CommandException>(() => EdgeBundle.Unpack(bundle, _folder.File("to/here")));

        Assert.Equal($"{bundle}: '../evil' leads out of the folder; it is not unpacked", error.Message);
        Assert.False(File.Exists(_folder.File("to/evil")));
    }

    [Fact]
    public void The_program_stays_packed_and_a_zip_of_another_kind_is_named()
    {
        var bundle = Zip(("socksort.yaml", "x"), ("model.tar.gz", "y"), ("program/socksort", "z"), ("sql/a.ksql", "w"));
        var other = Zip(("photo.jpg", "x"));

        EdgeBundle.Unpack(bundle, _folder.File("there"));
        var error = Assert.Throws<CommandException>(() => EdgeBundle.Unpack(other, _folder.File("nowhere")));
        var text = Assert.Throws<CommandException>(() => EdgeBundle.Unpack(_folder.Write("no.zip", "no zip"), _folder.File("nowhere")));

        Assert.Equal(["model.tar.gz", "socksort.yaml", "sql/a.ksql"], Directory
            .GetFiles(_folder.File("there"), "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(_folder.File("there"), file)).Order(StringComparer.Ordinal));
        Assert.Equal($"{other}: is no bundle; 'socksort edge pack' makes one", error.Message);
        Assert.StartsWith($"{_folder.File("no.zip")}: can't be unpacked: ", text.Message);
    }

    [Fact]
    public void A_model_that_took_the_place_of_the_bundles_stays_at_the_next_start_and_a_new_bundles_goes_there()
    {
        var (first, ordered, second) = (Package("first"), Package("ordered"), Package("second"));
        EdgeBundle.Unpack(Bundle(first), _folder.File("there"));
        var versions = new ModelVersions(_folder.File("there/model.tar.gz"));
        _ = versions.Use(ordered);

        EdgeBundle.Unpack(Bundle(first), _folder.File("there"));
        var afterTheSame = versions.ReadInUse().Version;
        EdgeBundle.Unpack(Bundle(second), _folder.File("there"));

        Assert.Equal((ordered.Version, second.Version), (afterTheSame, versions.ReadInUse().Version));
    }

    private static PackageFile Package(string label) => PackageFile.Of(ColourModel.Package([label, "b", "c", "d"]));

    private string Bundle(PackageFile model)
    {
        var bundle = Zip(("socksort.yaml", "x"));
        model.Package.Write(_folder.File("packed.tar.gz"));
        using var zip = ZipFile.Open(bundle, ZipArchiveMode.Update);
        _ = zip.CreateEntryFromFile(_folder.File("packed.tar.gz"), "model.tar.gz");
        return bundle;
    }

    private string Zip(params (string Place, string Text)[] files)
    {
        var path = _folder.File($"{Guid.NewGuid():n}.zip");
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach (var (place, text) in files)
        {
            using var writer = new StreamWriter(zip.CreateEntry(place).Open());
            writer.Write(text);
        }
        return path;
    }
}
