using SockSort.Imaging.Decoding;
using SockSort.Imaging.Native;

namespace SockSort.Imaging.OpenCv;

/// <summary>JPEG by libturbojpeg.</summary>
internal sealed class TurboJpegCodec : PhotoCodec
{
    private readonly TurboJpeg.DecompressorHandle _decompressor = TurboJpeg.CreateDecompressor();
    private readonly TurboJpeg.CompressorHandle _compressor = TurboJpeg.CreateCompressor();
    private readonly Raster _cmyk = new();
    private byte[] _jpeg = [];

    public override string? DecodeJpeg(string name, ReadOnlySpan<byte> file, ColourRule rule, Raster target)
    {
        if (TurboJpeg.ReadHeader(_decompressor, file, out var header) is { } problem)
            throw new PictureException(name, $"the JPEG's header cannot be read ({problem})");
        CheckSize(name, header.Width, header.Height);
        var gray = rule == ColourRule.Gray || (rule == ColourRule.Unchanged && header.Channels == 1);
        target.Shape(header.Width, header.Height, gray ? 1 : 3);
        return header.Channels == 4 ? DecodeCmyk(name, file, gray, target) : Decode(name, file, target);
    }

    public override void EncodeJpeg(RasterView picture, int quality, RecordBytes target)
    {
        // The bound is several times what a photo takes: it goes into memory of our own first, so that records stay small.
        var most = TurboJpeg.LargestSize(picture.Width, picture.Height);
        if (_jpeg.Length < most)
            _jpeg = GC.AllocateUninitializedArray<byte>(most, pinned: true);
        var length = TurboJpeg.Compress(_compressor, picture.Bytes, picture.Width, picture.Height, picture.Channels, picture.Pitch, quality, _jpeg);
        target.Append(_jpeg.AsSpan(0, length));
    }

    public override void Dispose()
    {
        _decompressor.Dispose();
        _compressor.Dispose();
        base.Dispose();
    }

    private string? Decode(string name, ReadOnlySpan<byte> file, Raster target)
    {
        var problem = TurboJpeg.Decompress(_decompressor, file, target.Width, target.Height, target.Channels, target.Pixels, out var warning);
        return problem is null ? warning : throw new PictureException(name, $"the JPEG cannot be decoded ({problem})");
    }

    private string? DecodeCmyk(string name, ReadOnlySpan<byte> file, bool gray, Raster target)
    {
        _cmyk.Shape(target.Width, target.Height, 4);
        var warning = Decode(name, file, _cmyk);
        if (gray)
            ChannelKernel.CmykToGray(_cmyk.Pixels, target.Pixels);
        else
            ChannelKernel.CmykToColour(_cmyk.Pixels, target.Pixels);
        return warning;
    }
}
