using System.Security.Cryptography;
using System.Text.Json;
using SockSort.Dataset.RecordIO;
using SockSort.Imaging.OpenCv;
using SockSort.Testing;

namespace SockSort.Dataset.Tests.Im2Rec;

/// <summary>The record files that im2rec itself made; each folder under <c>rec/</c> is a case.</summary>
public sealed class RecordGoldenTests
{
    public static TheoryData<string> CaseNames => Goldens.Cases("rec");

    [Theory]
    [MemberData(nameof(CaseNames))]
    public void With_libturbojpeg_records_and_index_are_byte_for_byte_those_of_im2rec(string name)
    {
        var golden = GoldenRun.Read($"rec/{name}");
        using var folder = new TempFolder();

        var run = PackingRun.Pack(golden, golden.PrepareRoot(folder), folder, PackingRun.OptionsOf(golden, PhotoCodecKind.TurboJpeg));

        Assert.Empty(run.LeftOut);
        foreach (var file in Manifest(name))
        {
            Assert.Equal(Differing(file.Value, folder.File(file.Name)), []);
            Assert.Equal(file.Value.GetProperty("rec_sha256").GetString(), Sha256(folder.File(file.Name)));
            Assert.Equal(file.Value.GetProperty("idx_sha256").GetString(), Sha256(folder.File(Path.ChangeExtension(file.Name, ".idx"))));
        }
    }

    [Theory]
    [MemberData(nameof(CaseNames))]
    public void With_NetVips_colour_records_are_byte_for_byte_those_of_im2rec_and_the_others_name_the_package(string name)
    {
        var golden = GoldenRun.Read($"rec/{name}");
        using var folder = new TempFolder();
        var options = PackingRun.OptionsOf(golden, PhotoCodecKind.NetVips);
        if (options.Recode.Colour == ColourRule.Gray && !options.PassThrough)
        {
            var error = Assert.Throws<PlatformNotSupportedException>(
                () => PackingRun.Pack(golden, golden.PrepareRoot(folder), folder, options));
            Assert.Equal(
                "gray as im2rec makes it cannot be had from NetVips: install libturbojpeg (Debian: apt-get install libturbojpeg0)",
                error.Message);
            return;
        }

        var run = PackingRun.Pack(golden, golden.PrepareRoot(folder), folder, options);

        Assert.All(run.LeftOut, left => Assert.Equal(
            "class-format/cmyk.jpg: NetVips gives no CMYK as im2rec does; install libturbojpeg (Debian: apt-get install libturbojpeg0)",
            left));
        foreach (var file in Manifest(name))
            Assert.Equal(Differing(file.Value, folder.File(file.Name)), []);
    }

    [Theory]
    [InlineData("resize512_crop_threads4")]
    [InlineData("shapes_default")]
    [InlineData("default")]
    public void Any_number_of_threads_gives_the_same_bytes(string name)
    {
        var golden = GoldenRun.Read($"rec/{name}");
        using var folder = new TempFolder();

        foreach (var threads in new[] { 1, 2, 3, 8 })
        {
            PackingRun.Pack(golden, golden.PrepareRoot(folder), folder, PackingRun.OptionsOf(golden, PhotoCodecKind.TurboJpeg, threads));
            Assert.All(
                Manifest(name), file => Assert.Equal(file.Value.GetProperty("rec_sha256").GetString(), Sha256(folder.File(file.Name))));
        }
    }

    [Theory]
    [MemberData(nameof(CaseNames))]
    public void The_reader_gives_the_records_of_the_manifest_in_order_and_by_id(string name)
    {
        var stored = Directory.GetFiles(Goldens.PathOf($"rec/{name}"), "*.rec");
        foreach (var path in stored)
        {
            using var indexed = IndexedRecordReader.Open(path);
            using var reader = RecordReader.Open(path);
            foreach (var record in Manifest(name)
                .First(file => file.Name == Path.GetFileName(path)).Value.GetProperty("records")
                .EnumerateArray())
            {
                Assert.True(reader.Read());
                Assert.Equal(record.GetProperty("record_sha256").GetString(), Convert.ToHexStringLower(SHA256.HashData(reader.Record)));
                Assert.Equal(record.GetProperty("offset").GetInt64(), reader.Offset);
                var image = ImageRecord.Parse(indexed.Read(record.GetProperty("id").GetUInt64()));
                Assert.Equal(record.GetProperty("payload_sha256").GetString(), Convert.ToHexStringLower(SHA256.HashData(image.Photo)));
                Assert.Equal(record.GetProperty("flag").GetInt32(), image.LabelCount);
            }
            Assert.False(reader.Read());
        }
    }

    private static IEnumerable<JsonProperty> Manifest(string name) => Goldens.Json($"rec/{name}/manifest.json").EnumerateObject();

    /// <summary>Sources of the records that are there but whose bytes differ from the manifest's.</summary>
    private static IEnumerable<string> Differing(JsonElement golden, string path)
    {
        using var records = IndexedRecordReader.Open(path);
        foreach (var record in golden.GetProperty("records").EnumerateArray())
        {
            if (records.TryRead(record.GetProperty("id").GetUInt64(), out var bytes)
                && Convert.ToHexStringLower(SHA256.HashData(bytes)) != record.GetProperty("record_sha256").GetString())
                yield return record.GetProperty("source").GetString()!;
        }
    }

    private static string Sha256(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));
}
