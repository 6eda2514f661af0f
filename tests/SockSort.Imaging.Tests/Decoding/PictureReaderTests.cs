using System.Buffers.Binary;
using NetVips;
using SockSort.Imaging.Decoding;
using SockSort.Imaging.Encoding;
using SockSort.Testing;

namespace SockSort.Imaging.Tests.Decoding;

public class PictureReaderTests
{
    [Fact]
    public void A_photo_is_turned_upright_by_its_EXIF_orientation()
    {
        // Orientation 6: the camera was held so that the picture must be turned right by 90 degrees.
        var lying = WithVips(
            Frames.Halves(40, 24), image => image.Mutate(mutable => mutable.Set(GValue.GIntType, "orientation", 6)).JpegsaveBuffer(q: 95));

        var upright = PictureReader.Read(lying, "lying.jpg");

        Assert.Equal((24, 40), (upright.Width, upright.Height));
        Assert.True(upright.At(12, 5).Red > 150, "the left half is on top now");
        Assert.True(upright.At(12, 35).Blue > 150, "the right half is below now");
    }

    [Fact]
    public void A_grey_picture_becomes_three_equal_channels()
    {
        var grey = WithVips(
            Frames.Pattern(9, 7), image => image.ExtractBand(1).Copy(interpretation: Enums.Interpretation.Bw).PngsaveBuffer());

        var frame = PictureReader.Read(grey, "grey.png");

        var (red, green, blue) = frame.At(4, 3);
        Assert.Equal((green, green, green), (red, green, blue));
        Assert.Equal(Frames.Pattern(9, 7).At(4, 3).Green, green);
    }

    [Fact]
    public void What_is_transparent_becomes_white()
    {
        var glass = WithVips(Frames.Halves(8, 8), image => image.Bandjoin(0).PngsaveBuffer());

        var frame = PictureReader.Read(glass, "glass.png");

        Assert.Equal((255, 255, 255), frame.At(3, 3));
    }

    [Theory]
    [InlineData(".png")]
    [InlineData(".png[palette]")]
    [InlineData(".png[bitdepth=16]")]
    [InlineData(".tif")]
    [InlineData(".webp[lossless]")]
    [InlineData(".gif")]
    public void Transparency_has_one_background_in_every_format(string format)
    {
        var glass = WithVips(Frames.Halves(8, 8), image => image.Bandjoin(0).WriteToBuffer(format));

        var frame = PictureReader.Read(glass, "glass" + format);

        Assert.All(frame.Rgb, value => Assert.Equal(255, value));
    }

    [Theory]
    [InlineData(".png")]
    [InlineData(".png[bitdepth=16]")]
    [InlineData(".tif")]
    [InlineData(".webp[lossless,exact]")]
    public void What_is_half_transparent_is_mixed_with_the_background(string format)
    {
        var veil = WithVips(Frames.Halves(8, 8), image => image.Bandjoin(102).WriteToBuffer(format));
        var opaque = Frames.Halves(8, 8).At(2, 2);

        var frame = PictureReader.Read(veil, "veil" + format);

        Assert.InRange(frame.At(2, 2).Red, (opaque.Red * 0.4) + (255 * 0.6) - 2, (opaque.Red * 0.4) + (255 * 0.6) + 2);
    }

    [Fact]
    public void A_grey_picture_with_transparency_is_laid_on_the_background_too()
    {
        var glass = WithVips(
            Frames.Pattern(9, 7), image => image.ExtractBand(1).Copy(interpretation: Enums.Interpretation.Bw).Bandjoin(0).PngsaveBuffer());

        var frame = PictureReader.Read(glass, "glass.png");

        Assert.All(frame.Rgb, value => Assert.Equal(255, value));
    }

    [Theory]
    [InlineData(0, 255, 255)]
    [InlineData(128, 255, 132)]
    [InlineData(0, 0, 10)]
    public void A_bitmap_with_transparency_is_laid_on_the_background_unless_it_says_that_all_is_transparent(
        byte first, byte second, byte expected)
    {
        var frame = PictureReader.Read(Bitmap32([30, 20, 10, first, 30, 20, 10, second]), "glass.bmp");

        Assert.Equal(expected, frame.At(0, 0).Red);
        Assert.Equal(10, frame.At(1, 0).Red);
    }

    [Fact]
    public async Task A_named_pipe_is_no_picture_and_is_not_waited_for()
    {
        using var folder = new TempFolder();
        NamedPipe.Make(folder.File("pipe.jpg"));

        var error = await Assert.ThrowsAsync<PictureException>(
            () => Task.Run(() => PictureReader.Read(folder.File("pipe.jpg"))).WaitAsync(TimeSpan.FromSeconds(60)));

        Assert.Equal($"{folder.File("pipe.jpg")}: cannot be opened (it is a named pipe, no regular file)", error.Message);
    }

    [Fact]
    public void Laid_on_white_is_rounded_as_libvips_does()
    {
        var colours = Enumerable.Range(0, 256);
        byte[] rgba =
        [
            .. colours.SelectMany(
                colour => colours.SelectMany(alpha => (byte[])[(byte)colour, (byte)colour, (byte)(255 - colour), (byte)alpha])),
        ];
        using var raw = Image.NewFromMemory(rgba, 256, 256, 4, Enums.BandFormat.Uchar);
        using var image = raw.Copy(interpretation: Enums.Interpretation.Srgb);
        using var flat = image.Flatten(background: [255.0, 255.0, 255.0]);
        var rgb = new byte[256 * 256 * 3];

        Transparency.OntoWhite(rgba, rgb);

        Assert.Equal(flat.WriteToMemory<byte>(), rgb);
    }

    [Theory]
    [InlineData(".webp")]
    [InlineData(".tif")]
    [InlineData(".gif")]
    [InlineData(".png")]
    public void Other_formats_are_read_as_well(string suffix)
    {
        var bytes = WithVips(Frames.Halves(32, 20), image => image.WriteToBuffer(suffix));

        var frame = PictureReader.Read(bytes, "photo" + suffix);

        Assert.Equal((32, 20), (frame.Width, frame.Height));
        Assert.InRange(frame.At(4, 10).Red, 170, 230);
    }

    [Fact]
    public void A_bitmap_is_read()
    {
        using var folder = new TempFolder();
        File.WriteAllBytes(folder.File("a.bmp"), Bitmap24(width: 2, height: 1, [10, 20, 30, 40, 50, 60, 0, 0]));

        var frame = PictureReader.Read(folder.File("a.bmp"));

        Assert.Equal([30, 20, 10, 60, 50, 40], frame.Rgb);
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        var error = Assert.Throws<PictureException>(() => PictureReader.Read("/nowhere/sock.jpg"));

        Assert.Equal("/nowhere/sock.jpg: no such file", error.Message);
    }

    [Fact]
    public void A_text_is_no_picture()
    {
        var error = Assert.Throws<PictureException>(() => PictureReader.Read("not a photo at all"u8.ToArray(), "notes.jpg"));

        Assert.Equal("notes.jpg: not a picture of a format that can be read (JPEG, PNG, WebP, GIF, TIFF, AVIF, HEIC, BMP)", error.Message);
    }

    [Fact]
    public void An_empty_file_is_no_picture()
    {
        var error = Assert.Throws<PictureException>(() => PictureReader.Read([], "empty.png"));

        Assert.Equal("empty.png: the file is empty, expected a picture", error.Message);
    }

    [Theory]
    [InlineData("jpg")]
    [InlineData("png")]
    public void A_cut_off_picture_is_refused_not_padded(string format)
    {
        var whole = format == "jpg" ? JpegWriter.Encode(Frames.Pattern(200, 200)) : PngWriter.Encode(Frames.Pattern(200, 200));

        var error = Assert.Throws<PictureException>(() => PictureReader.Read(whole[..(whole.Length / 2)], "cut." + format));

        Assert.StartsWith($"cut.{format}: the picture is cut off or damaged (", error.Message);
    }

    [Fact]
    public void A_picture_whose_header_claims_too_much_is_refused_before_decoding()
    {
        var png = PngWriter.Encode(Frames.Pattern(4, 4));
        // IHDR's width and height stand at bytes 16 and 20; its checksum covers bytes 12 to 28.
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), 20_000);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), 10_001);
        BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(29), Crc32(png.AsSpan(12, 17)));

        var error = Assert.Throws<PictureException>(() => PictureReader.Read(png, "bomb.png"));

        Assert.Equal(
            "bomb.png: 20000 x 10001 pixels are too many: at most 65500 a side and 200 megapixels; make it smaller", error.Message);
    }

    [Theory]
    [InlineData("google.heic")]
    [InlineData("mongo.heic")]
    [InlineData("misnamed.JPG")]
    public void Given_HEIC_as_iPhones_save_it_expect_a_frame_whatever_the_file_is_called(string file)
    {
        var frame = PictureReader.Read(Repository.Shared("field/data/heic/" + file));

        Assert.Equal((800, 800), (frame.Width, frame.Height));
        Assert.True(frame.Rgb.Distinct().Count() > 100, "it shows something");
    }

    [Fact]
    public void Given_HEIC_that_is_cut_off_expect_it_told_as_such()
    {
        var whole = File.ReadAllBytes(Repository.Shared("field/data/heic/google.heic"));

        var error = Assert.Throws<PictureException>(() => PictureReader.Read(whole[..(whole.Length / 2)], "cut.heic"));

        Assert.StartsWith("the picture is cut off or damaged (HEIC: ", error.Reason);
    }

    [Theory]
    [InlineData("6674797068656963", "HEIC")] // ftypheic
    [InlineData("667479706d696631", "HEIC")] // ftypmif1, no brand says AVIF
    public void Given_the_first_bytes_of_HEIC_alone_expect_it_named_as_HEIC(string box, string name)
    {
        var error = Assert.Throws<PictureException>(
            () => PictureReader.Read([0, 0, 0, 16, .. Convert.FromHexString(box), 0, 0, 0, 0], "photo.jpg"));

        Assert.Contains(name, error.Reason);
    }

    [Theory]
    [InlineData("0000001466747970717420200000000071742020", "a video")]
    [InlineData("255044462d312e34", "a PDF")]
    [InlineData("3c21444f43545950452068746d6c3e", "a page of the web (HTML)")]
    [InlineData("000516070002000000000000", "macOS's notes about a file of the same name")]
    [InlineData(
        "76657273696f6e2068747470733a2f2f6769742d6c66732e", "a pointer of Git LFS in place of the file ('git lfs pull' fetches it)")]
    public void What_people_put_among_photos_is_named_for_what_it_is(string begins, string name)
    {
        var error = Assert.Throws<PictureException>(() => PictureReader.Read(Convert.FromHexString(begins), "IMG_1.jpg"));

        Assert.StartsWith($"it is {name}, not a picture of a format that can be read (", error.Reason);
    }

    [Fact]
    public void Given_a_picture_that_was_read_in_spite_of_a_fault_expect_the_next_ones_reason_to_be_its_own()
    {
        var jpeg = JpegWriter.Encode(Frames.Pattern(200, 200));
        using (var cut = Image.NewFromBuffer(jpeg[..(jpeg.Length / 2)], failOn: Enums.FailOn.None))
            _ = cut.WriteToMemory<byte>();
        var png = PngWriter.Encode(Frames.Pattern(200, 200));

        var error = Assert.Throws<PictureException>(() => PictureReader.Read(png[..(png.Length / 2)], "cut.png"));

        Assert.DoesNotContain("Jpeg", error.Reason, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("png", error.Reason, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Given_several_broken_pictures_at_once_expect_each_to_have_its_own_reason()
    {
        var jpeg = JpegWriter.Encode(Frames.Pattern(200, 200));
        var png = PngWriter.Encode(Frames.Pattern(200, 200));
        (byte[] Bytes, string Name)[] cut = [(jpeg[..(jpeg.Length / 2)], "jpeg"), (png[..(png.Length / 2)], "png")];
        var reasons = new string[64];

        Parallel.For(0, reasons.Length, at =>
            reasons[at] = Assert.Throws<PictureException>(() => PictureReader.Read(cut[at % 2].Bytes, "cut")).Reason);

        Assert.All(
            reasons.Index(), told => Assert.Contains(cut[told.Index % 2].Name, told.Item, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Given_a_photo_of_108_megapixels_expect_it_read_at_a_third_of_the_size()
    {
        using var plain = Image.Black(12_000, 9_000, bands: 3);
        using var photo = plain.Linear([1.0, 1.0, 1.0], [200.0, 100.0, 50.0], uchar: true);
        using var named = photo.Copy(interpretation: Enums.Interpretation.Srgb);

        var frame = PictureReader.Read(named.JpegsaveBuffer(q: 90), "108.jpg");

        Assert.Equal((4_000, 3_000), (frame.Width, frame.Height));
        Assert.InRange(frame.At(2_000, 1_000).Red, 195, 205);
    }

    [Fact]
    public void A_drawing_language_is_not_opened()
    {
        var svg = "<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'><rect width='10' height='10'/></svg>"u8.ToArray();

        Assert.Throws<PictureException>(() => PictureReader.Read(svg, "drawing.svg"));
    }

    [Fact]
    public void A_sample_photo_has_the_size_and_place_of_its_colours()
    {
        var frame = PictureReader.Read(Repository.Shared("data/sock-camera/frame_056.png"));

        Assert.Equal((600, 337), (frame.Width, frame.Height));
        var (red, green, blue) = frame.At(400, 180);
        Assert.True(green > red && green > blue + 40, "the Mongo sock is green");
    }

    private static byte[] WithVips(Frame frame, Func<Image, byte[]> save)
    {
        using var raw = Image.NewFromMemory(frame.Rgb, frame.Width, frame.Height, 3, Enums.BandFormat.Uchar);
        using var image = raw.Copy(interpretation: Enums.Interpretation.Srgb);
        return save(image);
    }

    /// <summary>One row with 8 bits of alpha: a BITMAPV4HEADER with its four masks.</summary>
    private static byte[] Bitmap32(byte[] bgra)
    {
        var bytes = new byte[14 + 108 + bgra.Length];
        "BM"u8.CopyTo(bytes);
        (int At, uint Value)[] fields =
        [
            (2, (uint)bytes.Length), (10, 14 + 108), (14, 108), (18, (uint)bgra.Length / 4), (22, 1), (30, 3),
            (54, 0x00ff0000), (58, 0x0000ff00), (62, 0x000000ff), (66, 0xff000000),
        ];
        foreach (var (at, value) in fields)
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at), value);
        (bytes[26], bytes[28]) = (1, 32);
        bgra.CopyTo(bytes, 14 + 108);
        return bytes;
    }

    private static byte[] Bitmap24(int width, int height, byte[] rowsFromBelow)
    {
        var bytes = new byte[54 + rowsFromBelow.Length];
        "BM"u8.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(2), bytes.Length);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(10), 54);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(14), 40);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(18), width);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(22), height);
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(26), 1);
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(28), 24);
        rowsFromBelow.CopyTo(bytes.AsSpan(54));
        return bytes;
    }

    private static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
        }
        return ~crc;
    }
}
