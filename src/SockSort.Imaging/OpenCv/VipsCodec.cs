using NetVips;
using SockSort.Imaging.Decoding;
using SockSort.Imaging.Native;

namespace SockSort.Imaging.OpenCv;

/// <summary>JPEG by NetVips: pixels and scans equal those of libturbojpeg.</summary>
internal sealed class VipsCodec : PhotoCodec
{
    private const int LongestSide = 65500; // libjpeg's JPEG_MAX_DIMENSION

    private readonly Raster _rows = new();

    public override string? DecodeJpeg(string name, ReadOnlySpan<byte> file, ColourRule rule, Raster target)
    {
        Vips.Prepare();
        var bytes = file.ToArray();
        try
        {
            return Vips.Run(() => Decode(name, bytes, rule, Enums.FailOn.Warning, target));
        }
        catch (VipsException error)
        {
            return DecodeDamaged(name, bytes, rule, target, Vips.FirstLine(error));
        }
    }

    public override void EncodeJpeg(RasterView picture, int quality, RecordBytes target)
    {
        Vips.Prepare();
        if (Math.Max(picture.Width, picture.Height) > LongestSide)
            throw new InvalidOperationException($"libvips: a JPEG's sides have at most {LongestSide} pixels");
        _rows.Shape(picture.Width, picture.Height, picture.Channels);
        for (var y = 0; y < picture.Height; y++)
            picture.Row(y).CopyTo(_rows.Pixels[(y * picture.RowBytes)..]);
        var jpeg = Save(quality);
        // FF D8, then the JFIF segment that libjpeg writes and libvips leaves out: version 1.01, density 1:1 without unit.
        target.Append(jpeg.AsSpan(0, 2));
        target.Append([0xff, 0xe0, 0, 16, (byte)'J', (byte)'F', (byte)'I', (byte)'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0]);
        target.Append(jpeg.AsSpan(2));
    }

    private unsafe byte[] Save(int quality)
    {
        // The raster outlives the picture that is laid over it, and its pixels are pinned for as long.
        fixed (byte* pixels = _rows.Pixels)
        {
            using var image = Image.NewFromMemory(
                (nint)pixels, (ulong)_rows.Pixels.Length, _rows.Width, _rows.Height, _rows.Channels, Enums.BandFormat.Uchar);
            using var named = image.Copy(interpretation: _rows.Channels == 1 ? Enums.Interpretation.Bw : Enums.Interpretation.Srgb);
            return named.JpegsaveBuffer(
                q: quality, optimizeCoding: false, subsampleMode: Enums.ForeignSubsample.On, keep: Enums.ForeignKeep.None);
        }
    }

    /// <summary>Once more without failing at faults, as im2rec packs a photo whose end is missing.</summary>
    private string DecodeDamaged(string name, byte[] bytes, ColourRule rule, Raster target, string warning)
    {
        try
        {
            _ = Vips.Run(() => Decode(name, bytes, rule, Enums.FailOn.None, target));
            return warning;
        }
        catch (VipsException error)
        {
            throw new PictureException(name, $"the JPEG cannot be decoded ({Vips.FirstLine(error)})", error);
        }
    }

    /// <returns>No warning.</returns>
    private string? Decode(string name, byte[] bytes, ColourRule rule, Enums.FailOn failOn, Raster target)
    {
        using var image = Image.JpegloadBuffer(bytes, access: Enums.Access.Sequential, failOn: failOn);
        CheckSize(name, image.Width, image.Height);
        if (image.Bands == 4 || (rule == ColourRule.Gray && image.Bands != 1))
            throw new PictureException(name, $"NetVips gives no {(image.Bands == 4 ? "CMYK" : "gray")} as im2rec does; {TurboJpegAdvice}");
        using var pixels = new VipsPixels(image);
        target.Shape(image.Width, image.Height, rule == ColourRule.Colour ? 3 : image.Bands);
        ChannelKernel.Rearrange(pixels.Bytes, image.Bands, target.Pixels, target.Channels, opaque: byte.MaxValue);
        return null;
    }
}
