using Microsoft.Extensions.Time.Testing;
using SockSort.Models.Package;
using SockSort.Models.Versions;
using SockSort.Testing;

namespace SockSort.Models.Tests.Versions;

/// <summary>The versions beside a model's file: what is kept, put in use, and rolled back.</summary>
public sealed class ModelVersionsTests : IDisposable
{
    private static readonly PackageFile Old = Version("Google", "Mongo");
    private static readonly PackageFile New = Version("Google", "Mongo", "Confluent");
    private static readonly PackageFile Third = Version("Stripes");

    private readonly TempFolder _temp = new();
    private readonly ModelVersions _versions;

    public ModelVersionsTests() => _versions = new ModelVersions(_temp.File("model.tar.gz"));

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void A_version_is_named_by_how_the_SHA_256_of_its_file_begins()
    {
        Old.Package.Write(_versions.Model);

        var read = _versions.ReadInUse();

        Assert.Equal(PackageFile.HashOf(File.ReadAllBytes(_versions.Model)), read.Sha256);
        Assert.Equal(read.Sha256[..12], read.Version);
        Assert.Equal(Old.Sha256, read.Sha256);
    }

    [Fact]
    public void What_is_put_in_use_replaces_the_file_and_what_it_replaces_is_kept()
    {
        Old.Package.Write(_versions.Model);

        var before = _versions.Use(New);

        Assert.Equal(Old.Version, before!.Version);
        Assert.Equal(New.Version, _versions.ReadInUse().Version);
        Assert.Equal(Old.Bytes, File.ReadAllBytes(_temp.File($"model.tar.gz.versions/{Old.Version}.tar.gz")));
    }

    [Fact]
    public void A_rollback_gives_the_bytes_that_were_there_before_and_a_second_one_goes_further_back()
    {
        Old.Package.Write(_versions.Model);
        _ = _versions.Use(New);
        _ = _versions.Use(Third);

        var first = _versions.Rollback();
        var afterFirst = File.ReadAllBytes(_versions.Model);
        var second = _versions.Rollback();

        Assert.Equal((New.Version, Old.Version), (first.Version, second.Version));
        Assert.Equal(New.Bytes, afterFirst);
        Assert.Equal(Old.Bytes, File.ReadAllBytes(_versions.Model));
    }

    [Fact]
    public void Before_the_first_version_there_is_nothing_to_roll_back_to()
    {
        Old.Package.Write(_versions.Model);

        var error = Assert.Throws<ModelException>(() => _versions.Rollback());

        Assert.Equal(
            $"{_versions.Model}: no version was in use before this one; 'socksort model list' shows which are kept", error.Message);
        Assert.Equal(Old.Bytes, File.ReadAllBytes(_versions.Model));
    }

    [Fact]
    public void A_training_keeps_the_version_that_it_replaces()
    {
        Old.Package.Write(_versions.Model);

        _versions.Replace(() => New.Package.Write(_versions.Model));

        Assert.Equal([(Old.Version, false), (New.Version, true)], _versions.List().Select(kept => (kept.Version, kept.IsInUse)));
        Assert.Equal(Old.Version, _versions.Rollback().Version);
    }

    [Fact]
    public void The_first_model_has_nothing_to_keep()
    {
        _versions.Replace(() => New.Package.Write(_versions.Model));

        Assert.False(Directory.Exists(_versions.Folder));
        Assert.Equal([New.Version], _versions.List().Select(kept => kept.Version));
    }

    [Fact]
    public void A_model_that_was_copied_over_the_file_is_rolled_back_to_what_was_in_use_before()
    {
        Old.Package.Write(_versions.Model);
        _ = _versions.Use(New);
        Third.Package.Write(_versions.Model);

        var back = _versions.Rollback();

        Assert.Equal(New.Version, back.Version);
        Assert.True(_versions.IsKept(Third.Version));
    }

    [Fact]
    public void A_damaged_model_is_rolled_back_to_the_last_version_that_is_kept()
    {
        Old.Package.Write(_versions.Model);
        _ = _versions.Use(New);
        File.WriteAllText(_versions.Model, "cut off");

        var back = _versions.Rollback();

        Assert.Equal(New.Version, back.Version);
        Assert.Equal(New.Bytes, File.ReadAllBytes(_versions.Model));
    }

    [Fact]
    public void Versions_are_listed_by_when_they_were_first_in_use_with_what_their_card_says()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));
        var versions = new ModelVersions(_versions.Model, clock);
        Old.Package.Write(_versions.Model);
        File.SetLastWriteTimeUtc(_versions.Model, clock.GetUtcNow().UtcDateTime.AddHours(-1));
        var judged = PackageFile.Of(new ModelPackage(New.Package.Onnx, New.Package.Card with
        {
            Training = new() { ["photos"] = 18 },
            Metrics = new() { ["accuracy"] = 0.96 },
        }));

        _ = versions.Use(judged);
        var listed = versions.List();

        Assert.Equal([Old.Version, judged.Version], listed.Select(kept => kept.Version));
        Assert.Equal([clock.GetUtcNow().AddHours(-1), clock.GetUtcNow()], listed.Select(kept => kept.Since));
        Assert.Equal([null, 18], listed.Select(kept => kept.Photos));
        Assert.Equal([null, 0.96], listed.Select(kept => kept.Accuracy));
        Assert.Equal([false, true], listed.Select(kept => kept.IsInUse));
    }

    [Fact]
    public void A_damaged_version_is_listed_with_its_problem_and_is_not_put_in_use()
    {
        Old.Package.Write(_versions.Model);
        _ = _versions.Use(New);
        var path = _temp.File($"model.tar.gz.versions/{Old.Version}.tar.gz");
        File.WriteAllBytes(path, Old.Bytes[..^1]);

        var error = Assert.Throws<ModelException>(() => _versions.Open(Old.Version));

        Assert.Equal(
            $"{path}: is not version {Old.Version} any more: it was changed or damaged; delete it, and put a whole copy there",
            error.Message);
        Assert.Equal(error.Problem, Assert.Single(_versions.List(), kept => !kept.IsInUse).Problem);
        Assert.Throws<ModelException>(() => _versions.Rollback());
        Assert.Equal(New.Bytes, File.ReadAllBytes(_versions.Model));
    }

    [Fact]
    public void A_version_is_found_by_its_first_digits_its_whole_hash_or_as_a_file()
    {
        Old.Package.Write(_versions.Model);
        _ = _versions.Use(New);
        Third.Package.Write(_temp.File("third.tar.gz"));

        string[] found =
        [
            _versions.Open(Old.Version[..6]).Version,
            _versions.Open(New.Sha256).Version,
            _versions.Open(_temp.File("third.tar.gz")).Version,
        ];

        Assert.Equal([Old.Version, New.Version, Third.Version], found);
    }

    [Fact]
    public void An_unknown_version_is_named_with_those_that_are_kept()
    {
        Old.Package.Write(_versions.Model);

        var error = Assert.Throws<ModelException>(() => _versions.Open("00000000ffff"));

        Assert.Equal(
            $"{_versions.Model}: no version '00000000ffff' is kept and there is no such file; kept are {Old.Version}", error.Message);
    }

    [Fact]
    public void While_another_program_changes_the_versions_nothing_is_changed()
    {
        Old.Package.Write(_versions.Model);
        Directory.CreateDirectory(_versions.Folder);
        using var other = new FileStream(_temp.File("model.tar.gz.versions/.lock"), FileMode.Create, FileAccess.Write, FileShare.None);

        var error = Assert.Throws<ModelException>(() => _versions.Use(New));

        Assert.Contains("another program is changing its versions", error.Message, StringComparison.Ordinal);
        Assert.Equal(Old.Bytes, File.ReadAllBytes(_versions.Model));
    }

    [Fact]
    public async Task On_a_full_disk_the_old_version_stays_in_use()
    {
        await using var disk = await SmallDisk.MountAsync(_temp.File("small"), "2m");
        var versions = new ModelVersions(Path.Combine(disk.Folder, "model.tar.gz"));
        Old.Package.Write(versions.Model);
        disk.Fill();

        var error = Assert.Throws<ModelException>(() => versions.Use(New));

        Assert.StartsWith($"{versions.Model}: cannot be written (No space left on device", error.Message, StringComparison.Ordinal);
        Assert.Equal(Old.Bytes, File.ReadAllBytes(versions.Model));
    }

    [Fact]
    public void A_link_is_followed_and_stays_a_link()
    {
        Old.Package.Write(_temp.File("real/model.tar.gz"));
        _ = File.CreateSymbolicLink(_versions.Model, _temp.File("real/model.tar.gz"));
        var versions = new ModelVersions(_versions.Model);

        _ = versions.Use(New);

        Assert.NotNull(new FileInfo(_versions.Model).LinkTarget);
        Assert.Equal(New.Bytes, File.ReadAllBytes(_temp.File("real/model.tar.gz")));
        Assert.True(Directory.Exists(_temp.File("real/model.tar.gz.versions")));
    }

    [Fact]
    public void A_folder_has_no_versions()
    {
        Old.Package.WriteFiles(_temp.File("unpacked"));

        var error = Assert.Throws<ModelException>(() => new ModelVersions(_temp.File("unpacked")));

        Assert.Contains("is a folder, and only a package in one file has versions", error.Message, StringComparison.Ordinal);
        Assert.Equal(Old.Version, PackageFile.Read(_temp.File("unpacked")).Version);
    }

    private static PackageFile Version(params string[] labels) => PackageFile.Of(SmallModels.Package(labels));
}
