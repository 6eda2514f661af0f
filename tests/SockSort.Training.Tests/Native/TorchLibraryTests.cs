using SockSort.Testing;
using SockSort.Training.Native;

namespace SockSort.Training.Tests.Native;

public sealed class TorchLibraryTests : IDisposable
{
    private const string Wrapper = "libLibTorchSharp.so";

    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void On_an_old_libstdcpp_one_flag_of_the_copy_is_set_and_a_linked_original_stays()
    {
        var original = _temp.File("cache.so");
        File.Copy(Path.Combine(AppContext.BaseDirectory, Wrapper), original);
        var before = Strong(original);
        Directory.CreateDirectory(_temp.File("out"));
        File.WriteAllBytes(_temp.File($"out/{Wrapper}"), before);

        var loaded = TorchLibrary.Prepare(_temp.File("out"), new HashSet<string> { "GLIBCXX_3.4.30" }, _temp.File("spare"));

        Assert.Equal(_temp.File($"out/{Wrapper}"), loaded);
        var after = File.ReadAllBytes(loaded);
        Assert.Equal([2], before.Zip(after).Where(pair => pair.First != pair.Second).Select(pair => pair.Second ^ pair.First));
        Assert.Equal(before, File.ReadAllBytes(original));
    }

    [Fact]
    public void On_a_new_libstdcpp_nothing_is_changed()
    {
        Directory.CreateDirectory(_temp.File("out"));
        File.WriteAllText(_temp.File($"out/{Wrapper}"), "not looked at");

        var loaded = TorchLibrary.Prepare(_temp.File("out"), new HashSet<string> { "GLIBCXX_3.4.32" }, _temp.File("spare"));

        Assert.Equal("not looked at", File.ReadAllText(loaded));
    }

    [Fact]
    public void Versions_that_a_library_offers_are_read_from_its_tables()
    {
        var file = Directory.EnumerateFiles("/usr/lib/x86_64-linux-gnu", "libstdc++.so.6").Single();

        var offered = new ElfVersions(File.ReadAllBytes(file)).Offered();

        Assert.Contains("GLIBCXX_3.4", offered);
        Assert.Contains("CXXABI_1.3", offered);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no library, though it has more than the sixty-four bytes that a header has in it")]
    public void What_is_no_ELF_file_is_refused(string text) =>
        Assert.Throws<InvalidDataException>(() => new ElfVersions(System.Text.Encoding.ASCII.GetBytes(text)));

    /// <summary>The library as it comes from its package: in the program's folder the flag may be set already.</summary>
    private static byte[] Strong(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var weak = File.ReadAllBytes(path);
        Assert.True(new ElfVersions(weak).MakeWeak("GLIBCXX_3.4.32"));
        if (!bytes.AsSpan().SequenceEqual(weak))
            return bytes;
        // vna_hash of the version (as ELF's hash gives it), then vna_flags.
        var at = bytes.AsSpan().IndexOf(BitConverter.GetBytes(0x0297f842));
        bytes[at + 4] = 0;
        File.WriteAllBytes(path, bytes);
        return bytes;
    }
}
