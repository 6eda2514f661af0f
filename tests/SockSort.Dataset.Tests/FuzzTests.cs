using System.Globalization;
using SockSort.Dataset.Lists;
using SockSort.Dataset.RecordIO;
using SockSort.Imaging.Decoding;
using SockSort.Imaging.OpenCv;

namespace SockSort.Dataset.Tests;

/// <summary>
/// Random and mutated bytes: errors of our own kind are allowed, anything else is a fault. <c>SOCKSORT_FUZZ=100000</c> runs more cases than
/// the usual number.
/// </summary>
public sealed class FuzzTests
{
    private static readonly int Cases = int.TryParse(
        Environment.GetEnvironmentVariable("SOCKSORT_FUZZ"), NumberStyles.None, CultureInfo.InvariantCulture, out var cases) ? cases : 2000;

    [Fact]
    public void Mutated_record_files_end_in_records_or_named_damage()
    {
        var golden = File.ReadAllBytes(Goldens.PathOf("recordio/edge.rec"));

        ForEachMutation(golden, Cases, bytes =>
        {
            var strict = Count(new RecordReader(new MemoryStream(bytes), "fuzz"));
            using var lenient = new RecordReader(new MemoryStream(bytes), "fuzz", skipDamaged: true);
            Assert.True(Count(lenient) >= strict);
        });
    }

    [Fact]
    public void Random_bytes_are_no_record_file()
    {
        for (var seed = 0; seed < Cases; seed++)
        {
            var bytes = new byte[seed % 300];
            new Random(seed).NextBytes(bytes);
            _ = Count(new RecordReader(new MemoryStream(bytes), "fuzz", skipDamaged: true));
        }
    }

    [Fact]
    public void Mutated_lists_give_a_line_or_a_problem_for_every_line()
    {
        var golden = File.ReadAllBytes(Goldens.PathOf("rec/default/sock_train.lst"));

        ForEachMutation(golden, Cases, bytes =>
        {
            using var reader = new ListReader(new MemoryStream(bytes));
            while (reader.TryRead(out var line, out var problem))
                Assert.True(line is null != problem is null);
        });
    }

    [Theory]
    [InlineData("bad/class-a/good_1.jpg")]
    [InlineData("shapes/class-format/progressive.jpg")]
    [InlineData("shapes/class-format/cmyk.jpg")]
    [InlineData("shapes/class-format/rgb.png")]
    [InlineData("shapes/class-format/bmp_inside.jpg")]
    [InlineData("shapes/class-format/webp_inside.jpg")]
    [InlineData("shapes/class-orientation/exif_6.jpg")]
    public void Mutated_photos_are_packed_or_named(string name)
    {
        var golden = File.ReadAllBytes(Goldens.PathOf($"inputs/{name}"));
        using var recoder = new PhotoRecoder(new RecodeOptions { Resize = 16, CentreCrop = true, MostPixels = 1 << 22 });
        var record = new RecordBytes();

        ForEachMutation(golden, Math.Max(50, Cases / 20), bytes =>
        {
            record.Clear();
            try
            {
                recoder.Recode("fuzz", bytes, record);
                Assert.True(record.Length > 0);
            }
            catch (PictureException error)
            {
                Assert.StartsWith("fuzz: ", error.Message);
            }
        });
    }

    private static long Count(RecordReader reader)
    {
        var count = 0L;
        try
        {
            while (reader.Read())
                count++;
        }
        catch (RecordIOException)
        {
            // Named damage is one of the two right ends.
        }
        return count;
    }

    private static void ForEachMutation(byte[] golden, int cases, Action<byte[]> check)
    {
        for (var seed = 0; seed < cases; seed++)
        {
            var random = new Random(seed);
            var bytes = golden.ToList();
            for (var change = random.Next(1, 5); change > 0 && bytes.Count > 8; change--)
                Mutate(bytes, random);
            check([.. bytes]);
        }
    }

    private static void Mutate(List<byte> bytes, Random random)
    {
        var at = random.Next(bytes.Count);
        switch (random.Next(4))
        {
            case 0:
                bytes[at] = (byte)random.Next(256);
                break;
            case 1:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 2:
                bytes.RemoveRange(at, Math.Min(bytes.Count - at, random.Next(1, 40)));
                break;
            default:
                bytes.InsertRange(at, Enumerable.Repeat((byte)random.Next(256), random.Next(1, 20)));
                break;
        }
    }
}
