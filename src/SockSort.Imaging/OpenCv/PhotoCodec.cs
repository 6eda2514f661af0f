using SockSort.Imaging.Decoding;
using SockSort.Imaging.Native;

namespace SockSort.Imaging.OpenCv;

/// <summary>Which library reads and writes JPEG.</summary>
public enum PhotoCodecKind
{
    /// <summary>libturbojpeg where the machine has it, else NetVips.</summary>
    Auto,

    /// <summary>libturbojpeg: fast; all colours.</summary>
    TurboJpeg,

    /// <summary>NetVips: the same bytes for colour, but no gray plane of a colour JPEG and no CMYK.</summary>
    NetVips,
}

/// <summary>
/// Decodes and encodes JPEG; all other formats are read by <see cref="OtherFormats"/>. Not safe for several threads at once.
/// </summary>
internal abstract class PhotoCodec : IDisposable
{
    /// <summary>What a user without libturbojpeg is told.</summary>
    public const string TurboJpegAdvice = "install libturbojpeg (Debian: apt-get install libturbojpeg0)";

    /// <summary>Width times height above which a picture is refused before a pixel is decoded.</summary>
    public required long MostPixels { get; init; }

    /// <exception cref="PlatformNotSupportedException">libturbojpeg was asked for and the machine has none.</exception>
    public static PhotoCodec Create(PhotoCodecKind kind, long mostPixels) => kind switch
    {
        PhotoCodecKind.NetVips => new VipsCodec { MostPixels = mostPixels },
        _ when TurboJpeg.IsPresent => new TurboJpegCodec { MostPixels = mostPixels },
        PhotoCodecKind.Auto => new VipsCodec { MostPixels = mostPixels },
        _ => throw new PlatformNotSupportedException($"this machine has no libturbojpeg: {TurboJpegAdvice}, or use NetVips"),
    };

    /// <summary>Decodes without turning upright.</summary>
    /// <returns>What the library found wrong with a picture that it could decode all the same; null if nothing.</returns>
    /// <exception cref="PictureException">It cannot be decoded.</exception>
    public abstract string? DecodeJpeg(string name, ReadOnlySpan<byte> file, ColourRule rule, Raster target);

    /// <summary>Appends a baseline JPEG with standard tables.</summary>
    /// <param name="picture">8 bits, 1 or 3 channels; sides of at most 65500 pixels.</param>
    /// <param name="quality">1 .. 100.</param>
    /// <param name="target">Receives the file.</param>
    public abstract void EncodeJpeg(RasterView picture, int quality, RecordBytes target);

    public virtual void Dispose() => GC.SuppressFinalize(this);

    protected void CheckSize(string name, long width, long height)
    {
        if (width * height > MostPixels)
            throw new PictureException(
                name,
                $"its header claims {width} x {height} pixels, more than the {MostPixels} that are allowed; make it "
                    + "smaller or raise the limit");
    }
}
