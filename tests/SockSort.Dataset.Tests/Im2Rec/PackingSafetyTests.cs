using System.Buffers.Binary;
using System.Diagnostics;
using SockSort.Dataset.Im2Rec;
using SockSort.Dataset.RecordIO;
using SockSort.Imaging.OpenCv;
using SockSort.Testing;

namespace SockSort.Dataset.Tests.Im2Rec;

/// <summary>Foreign lists and photos must not reach beyond their folder, hang the run or fill the memory.</summary>
public sealed class PackingSafetyTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly string _good = Goldens.PathOf("inputs/bad/class-a/good_1.jpg");

    public PackingSafetyTests()
    {
        Directory.CreateDirectory(_folder.File("photos"));
        File.Copy(_good, _folder.File("outside.jpg"));
    }

    [Theory]
    [InlineData("../outside.jpg")]
    [InlineData("sub/../../outside.jpg")]
    [InlineData("{DIR}/outside.jpg")]
    public void A_path_that_leaves_the_root_is_refused(string path)
    {
        var run = Pack(path.Replace("{DIR}", _folder.Path, StringComparison.Ordinal));

        Assert.EndsWith(
            $": leads out of the photos' folder {_folder.File("photos")} (to {_folder.File("outside.jpg")}); move it inside, or allow "
                + "it with --allow-outside",
            run.LeftOut.Single());
    }

    [Fact]
    public void A_link_to_a_file_or_folder_outside_the_root_is_refused_and_one_inside_is_not()
    {
        File.Copy(_good, _folder.File("photos/inside.jpg"));
        File.CreateSymbolicLink(_folder.File("photos/out.jpg"), "../outside.jpg");
        File.CreateSymbolicLink(_folder.File("photos/in.jpg"), "inside.jpg");
        Directory.CreateSymbolicLink(_folder.File("photos/up"), "..");

        var run = Pack("out.jpg", "in.jpg", "up/outside.jpg");

        Assert.Equal(["out.jpg", "up/outside.jpg"], run.LeftOut.Select(left => left.Split(':')[0]));
        Assert.Equal(1, run.Result.Packed);
    }

    [Fact]
    public void What_lies_outside_is_packed_where_that_is_allowed()
    {
        File.CreateSymbolicLink(_folder.File("photos/out.jpg"), "../outside.jpg");

        var run = Pack(new PackOptions { AllowOutside = true }, "out.jpg", "../outside.jpg");

        Assert.Equal(2, run.Result.Packed);
    }

    [Fact]
    public void Links_in_a_circle_are_named()
    {
        File.CreateSymbolicLink(_folder.File("photos/a.jpg"), "b.jpg");
        File.CreateSymbolicLink(_folder.File("photos/b.jpg"), "a.jpg");

        Assert.Contains("symbolic links lead in a circle", Pack("a.jpg").LeftOut.Single());
    }

    [Fact]
    public void A_named_pipe_does_not_hang_the_run()
    {
        using (var make = Process.Start(Programs.Find("mkfifo"), _folder.File("photos/pipe.jpg")))
            make.WaitForExit();

        Assert.Equal(["pipe.jpg: is no regular file"], Pack("pipe.jpg").LeftOut);
    }

    [Theory]
    [InlineData("claim.png")]
    [InlineData("claim.bmp")]
    public void A_picture_that_claims_a_hundred_thousand_pixels_a_side_is_refused_by_its_header(string name)
    {
        File.WriteAllBytes(_folder.File($"photos/{name}"), name.EndsWith("png", StringComparison.Ordinal) ? HugePng() : HugeBmp());
        var before = GC.GetTotalAllocatedBytes();

        var run = Pack(name);

        Assert.Equal(
            [
                $"{name}: its header claims 100000 x 100000 pixels, more than the 268435456 that are allowed; make it "
                    + "smaller or raise the limit",
            ],
            run.LeftOut);
        Assert.True(GC.GetTotalAllocatedBytes() - before < 64 << 20);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_file_of_two_gigabytes_is_refused_unread(bool passThrough)
    {
        using (var file = File.Create(_folder.File("photos/large.jpg")))
            file.SetLength(2L << 30);

        var run = Pack(new PackOptions { PassThrough = passThrough }, "large.jpg");

        Assert.Equal(["large.jpg: has 2147483648 bytes, more than the 536869887 that a record holds"], run.LeftOut);
    }

    [Fact]
    public void A_resize_that_would_fill_the_memory_is_refused()
    {
        File.Copy(_good, _folder.File("photos/good.jpg"));

        var run = Pack(new PackOptions { Recode = new RecodeOptions { Resize = 60_000 } }, "good.jpg");

        Assert.Contains("with a shorter side of 60000, more than the 268435456 that are allowed", run.LeftOut.Single());
    }

    [Fact]
    public void A_jpeg_without_tables_of_its_own_never_gets_those_of_the_photo_before()
    {
        File.WriteAllBytes(_folder.File("photos/tables.jpg"), File.ReadAllBytes(_good)[..300]);
        File.Copy(_good, _folder.File("photos/good.jpg"));

        var run = Pack("good.jpg", "tables.jpg", "good.jpg");

        Assert.Equal(["tables.jpg: the JPEG's header cannot be read (Invalid JPEG file structure: missing SOS marker)"], run.LeftOut);
        Assert.Equal(2, run.Result.Packed);
    }

    [Fact]
    public void A_run_that_fails_leaves_what_was_there_before()
    {
        File.Copy(_good, _folder.File("photos/good.jpg"));
        Pack("good.jpg");
        var before = File.ReadAllBytes(_folder.File("list.rec"));

        Assert.Throws<InvalidDataException>(
            () => Pack(new PackOptions { Threads = 2 }, new Refusing(), "good.jpg", "good.jpg", "good.jpg"));

        Assert.Equal(before, File.ReadAllBytes(_folder.File("list.rec")));
        Assert.DoesNotContain(Directory.GetFiles(_folder.Path), path => path.EndsWith("-part", StringComparison.Ordinal));
    }

    [Fact]
    public void A_cancelled_run_leaves_no_record_file()
    {
        File.Copy(_good, _folder.File("photos/good.jpg"));
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        var list = _folder.Write("list.lst", "0\t0\tgood.jpg\n");

        Assert.ThrowsAny<OperationCanceledException>(
            () => new ListPacker(_folder.File("photos"), new PackOptions(), new PackingRun()).Pack(list, cancellation: cancelled.Token));

        Assert.False(File.Exists(_folder.File("list.rec")));
    }

    [Fact]
    public void The_order_is_the_lists_whatever_takes_longest()
    {
        File.Copy(_good, _folder.File("photos/good.jpg"));
        File.WriteAllBytes(_folder.File("photos/text.jpg"), "text"u8.ToArray());
        var paths = Enumerable.Range(0, 200).Select(i => i % 3 == 0 ? "good.jpg" : "text.jpg").ToArray();

        Pack(new PackOptions { Threads = 8 }, paths);

        using var reader = IndexedRecordReader.Open(_folder.File("list.rec"));
        Assert.Equal(Enumerable.Range(0, 200).Where(i => i % 3 == 0).Select(i => (Int128)i), reader.Index.Keys);
    }

    public void Dispose() => _folder.Dispose();

    private PackingRun Pack(params string[] paths) => Pack(new PackOptions(), paths);

    private PackingRun Pack(PackOptions options, params string[] paths)
    {
        var run = new PackingRun();
        run.Add(Pack(options, run, paths));
        return run;
    }

    private PackResult Pack(PackOptions options, IPackWatcher watcher, params string[] paths)
    {
        var list = _folder.Write("list.lst", string.Concat(paths.Select((path, id) => $"{id}\t0\t{path}\n")));
        return new ListPacker(_folder.File("photos"), options, watcher).Pack(list);
    }

    private static byte[] HugePng()
    {
        byte[] png =
        [
            0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, 0, 0, 0, 13, (byte)'I', (byte)'H', (byte)'D', (byte)'R', 0, 1, 0x86,
            0xa0, 0, 1, 0x86, 0xa0, 8, 2, 0, 0, 0,
        ];
        var sum = System.IO.Hashing.Crc32.HashToUInt32(png.AsSpan(12));
        var crc = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(crc, sum);
        byte[] data = [0, 0, 0, 0, (byte)'I', (byte)'D', (byte)'A', (byte)'T', 0x35, 0xaf, 0x06, 0x1e];
        return [.. png, .. crc, .. data];
    }

    private static byte[] HugeBmp()
    {
        var bmp = new byte[64];
        "BM"u8.CopyTo(bmp);
        BinaryPrimitives.WriteInt32LittleEndian(bmp.AsSpan(10), 54);
        BinaryPrimitives.WriteInt32LittleEndian(bmp.AsSpan(14), 40);
        BinaryPrimitives.WriteInt32LittleEndian(bmp.AsSpan(18), 100_000);
        BinaryPrimitives.WriteInt32LittleEndian(bmp.AsSpan(22), 100_000);
        bmp[26] = 1;
        bmp[28] = 24;
        return bmp;
    }

    /// <summary>A listener that fails, as a closed pipe would.</summary>
    private sealed class Refusing : IPackWatcher
    {
        public void OnLineSkipped(Dataset.Lists.ListProblem problem) => throw new InvalidDataException();
        public void OnPhotoLeftOut(Dataset.Lists.ListLine line, string reason) => throw new InvalidDataException();
        public void OnWarning(Dataset.Lists.ListLine line, string warning) => throw new InvalidDataException();
        public void OnPhotoDone(long index) => throw new InvalidDataException();
    }
}
