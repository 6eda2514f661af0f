using SockSort.Imaging.Decoding;
using SockSort.Imaging.Native;

namespace SockSort.Imaging.OpenCv;

/// <summary>JPEG by libturbojpeg.</summary>
internal sealed class TurboJpegCodec : PhotoCodec
{
    private readonly TurboJpeg.CompressorHandle _compressor = TurboJpeg.CreateCompressor();
    private readonly Raster _cmyk = new();
    private byte[] _jpeg = [];

    public override string? DecodeJpeg(string name, ReadOnlySpan<byte> file, ColourRule rule, Raster target)
    {
        // One for each photo: tables stay in it, and a photo that lacks its own must not be decoded with those of another.
        using var decompressor = TurboJpeg.CreateDecompressor();
        if (TurboJpeg.ReadHeader(decompressor, file, out var header) is { } problem)
            throw new PictureException(name, $"the JPEG's header cannot be read ({problem})");
        CheckSize(name, header.Width, header.Height);
        var gray = rule == ColourRule.Gray || (rule == ColourRule.Unchanged && header.Channels == 1);
        target.Shape(header.Width, header.Height, gray ? 1 : 3);
        return header.Channels == 4 ? DecodeCmyk(decompressor, name, file, gray, target) : Decode(decompressor, name, file, target);
    }

    public override void EncodeJpeg(RasterView picture, int quality, RecordBytes target)
    {
        // The bound is several times what a photo takes: it goes into memory of our own first, so that records stay small.
        var most = TurboJpeg.LargestSize(picture.Width, picture.Height);
        if (_jpeg.Length < most)
            _jpeg = GC.AllocateUninitializedArray<byte>(most, pinned: true);
        var length = TurboJpeg.Compress(
            _compressor, picture.Bytes, picture.Width, picture.Height, picture.Channels, picture.Pitch, quality, _jpeg);
        target.Append(_jpeg.AsSpan(0, length));
    }

    public override void Dispose()
    {
        _compressor.Dispose();
        base.Dispose();
    }

    private static string? Decode(TurboJpeg.DecompressorHandle decompressor, string name, ReadOnlySpan<byte> file, Raster target)
    {
        var problem = TurboJpeg.Decompress(
            decompressor, file, target.Width, target.Height, target.Channels, target.Pixels, out var warning);
        return problem is null ? warning : throw new PictureException(name, $"the JPEG cannot be decoded ({problem})");
    }

    private string? DecodeCmyk(TurboJpeg.DecompressorHandle decompressor, string name, ReadOnlySpan<byte> file, bool gray, Raster target)
    {
        _cmyk.Shape(target.Width, target.Height, 4);
        var warning = Decode(decompressor, name, file, _cmyk);
        if (gray)
            ChannelKernel.CmykToGray(_cmyk.Pixels, target.Pixels);
        else
            ChannelKernel.CmykToColour(_cmyk.Pixels, target.Pixels);
        return warning;
    }
}
