using System.Diagnostics;
using SockSort.Imaging.Decoding;

namespace SockSort.Imaging.OpenCv;

/// <summary>Decodes, crops, resizes and encodes photos to the bytes that im2rec gives with OpenCV 4.8.</summary>
/// <remarks>
/// Holds native decoders and memory for the largest photo so far; not safe for several threads at once, each needs its own.
/// </remarks>
public sealed class PhotoRecoder : IDisposable
{
    private readonly RecodeOptions _options;
    private readonly PhotoCodec _codec;
    private readonly LinearResizer _resizer = new();
    private readonly PngEncoder _png = new();
    private readonly Raster _decoded = new();
    private readonly Raster _upright = new();
    private readonly Raster _resized = new();
    private readonly Raster _encodable = new();

    /// <exception cref="PlatformNotSupportedException">The machine lacks the library that <paramref name="options"/> need.</exception>
    public PhotoRecoder(RecodeOptions options)
    {
        _options = options;
        _codec = PhotoCodec.Create(options.Codec, options.MostPixels);
        if (options.Colour == ColourRule.Gray && _codec is VipsCodec)
        {
            _codec.Dispose();
            throw new PlatformNotSupportedException($"gray as im2rec makes it cannot be had from NetVips: {PhotoCodec.TurboJpegAdvice}");
        }
    }

    /// <summary>Where the time went; only measured by <c>socksort bench</c>.</summary>
    public RecodeTimes Times { get; } = new();

    /// <summary>Appends the encoded photo to <paramref name="target"/>; nothing on an error.</summary>
    /// <param name="name">What an error calls the photo.</param>
    /// <param name="file">The whole file; its content, not its name, says what it is.</param>
    /// <param name="target">Receives the photo.</param>
    /// <returns>What was found wrong with a photo that could be packed all the same (an end that is missing); null if nothing.</returns>
    /// <exception cref="PictureException">The photo cannot be packed; the message says why.</exception>
    public string? Recode(string name, ReadOnlySpan<byte> file, RecordBytes target)
    {
        var start = Stopwatch.GetTimestamp();
        var (picture, warning) = Decode(name, file);
        var decoded = Stopwatch.GetTimestamp();
        var resized = Resize(name, _options.CentreCrop ? picture.View.CentreSquare() : picture.View);
        var cropped = Stopwatch.GetTimestamp();
        Encode(name, resized, target);
        Times.Add(decoded - start, cropped - decoded, Stopwatch.GetTimestamp() - cropped);
        return warning;
    }

    public void Dispose() => _codec.Dispose();

    private (Raster Picture, string? Warning) Decode(string name, ReadOnlySpan<byte> file)
    {
        var format = PhotoFormats.Of(file);
        string? warning = null;
        if (format == PhotoFormat.Jpeg)
            warning = _codec.DecodeJpeg(name, file, _options.Colour, _decoded);
        else
            OtherFormats.Decode(name, file, format, _options.Colour, _options.MostPixels, _decoded);
        var orientation = _options.Colour == ColourRule.Unchanged ? 1 : ExifOrientation.Of(file, format);
        if (orientation == 1)
            return (_decoded, warning);
        UprightKernel.Turn(_decoded, orientation, _upright);
        return (_upright, warning);
    }

    private RasterView Resize(string name, RasterView picture)
    {
        if (_options.Resize == 0)
            return picture;
        var (width, height) = LinearResizer.TargetSize(picture.Width, picture.Height, _options.Resize);
        if (width < 1 || height < 1)
            throw new PictureException(
                name,
                $"{picture.Width} x {picture.Height} pixels become {width} x {height} with a shorter side of "
                    + $"{_options.Resize}: nothing is left");
        if (width * height > _options.MostPixels)
            throw new PictureException(
                name,
                $"{picture.Width} x {picture.Height} pixels become {width} x {height} with a shorter side of {_options.Resize}, more than "
                    + $"the {_options.MostPixels} that are allowed");
        if (width == picture.Width && height == picture.Height)
            return picture;
        _resized.Shape((int)width, (int)height, picture.Channels, picture.Depth);
        _resizer.Resize(picture, _resized);
        return _resized.View;
    }

    private void Encode(string name, RasterView picture, RecordBytes target)
    {
        try
        {
            if (_options.Encoding == PhotoEncoding.Png)
                _png.Encode(picture, Math.Clamp(_options.Quality, 0, 9), target);
            else
                _codec.EncodeJpeg(Encodable(picture), Math.Clamp(_options.Quality, 1, 100), target);
        }
        catch (InvalidOperationException error)
        {
            throw new PictureException(name, $"{picture.Width} x {picture.Height} pixels cannot be encoded ({error.Message})", error);
        }
    }

    /// <summary>JPEG holds neither alpha nor 16 bits: OpenCV drops the one and cuts the other to 255.</summary>
    private RasterView Encodable(RasterView picture)
    {
        if (picture is { Depth: 1, Channels: not 4 })
            return picture;
        _encodable.Shape(picture.Width, picture.Height, picture.Channels == 4 ? 3 : picture.Channels);
        var row = new byte[picture.Width * picture.Channels];
        for (var y = 0; y < picture.Height; y++)
        {
            var pixels = picture.Row(y);
            if (picture.Depth == 2)
            {
                ChannelKernel.Saturate(pixels, row);
                pixels = row;
            }
            ChannelKernel.Rearrange(
                pixels, picture.Channels, _encodable.Pixels.Slice(y * _encodable.Pitch, _encodable.Pitch), _encodable.Channels,
                opaque: byte.MaxValue);
        }
        return _encodable.View;
    }
}
