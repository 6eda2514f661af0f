using SockSort.Models.Versions;
using SockSort.Testing;

namespace SockSort.Models.Tests.Versions;

/// <summary>A program that changes the version in use and is killed by <c>kill -9</c> in the midst of it.</summary>
public sealed class KilledSwapTests : IDisposable
{
    private const int Kills = 6;

    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task After_a_kill_the_file_is_the_old_or_the_new_one_and_the_next_change_works()
    {
        PackageFile[] packages = [PackageFile.Of(SmallModels.Package("Google")), PackageFile.Of(SmallModels.Package("Mongo"))];
        var versions = new ModelVersions(_temp.File("model.tar.gz"));
        packages[0].Package.Write(versions.Model);
        packages[0].Package.Write(_temp.File("old.tar.gz"));
        packages[1].Package.Write(_temp.File("new.tar.gz"));

        for (var kill = 0; kill < Kills; kill++)
        {
            using var host = await KilledHost.StartAsync("swap", versions.Model, _temp.File("old.tar.gz"), _temp.File("new.tar.gz"));
            await Eventually.TrueAsync(() => versions.List().Count == 2, "both versions were in use");
            host.Kill();

            var left = versions.ReadInUse();
            var back = versions.Rollback();

            Assert.Contains(left.Version, packages.Select(package => package.Version));
            Assert.NotEqual(left.Version, back.Version);
            Assert.Equal(back.Bytes, File.ReadAllBytes(versions.Model));
            Assert.Empty(Directory.EnumerateFiles(_temp.Path, "*.socksort-part", SearchOption.AllDirectories));
        }
    }
}
