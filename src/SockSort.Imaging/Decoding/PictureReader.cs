using NetVips;
using SockSort.Imaging.Native;

namespace SockSort.Imaging.Decoding;

/// <summary>
/// The one way from an encoded picture to pixels: whatever libvips knows (JPEG, PNG, WebP, GIF, TIFF, AVIF), HEIC (not at the edge) and
/// BMP, as an RGB frame: turned upright by its EXIF orientation, first page only, transparency laid on white
/// (<see cref="Transparency"/>), 16 bits and CMYK brought to 8-bit sRGB, above 50 megapixels at a half or a third of the size.
/// </summary>
/// <remarks>Safe for several threads at once.</remarks>
public static class PictureReader
{
    /// <summary>Pixels of the longer side above which a picture is refused, before any pixel is decoded.</summary>
    /// <remarks>libjpeg's own limit.</remarks>
    public const int LongestSide = 65_500;

    /// <summary>Width times height above which a picture is refused, before any pixel is decoded.</summary>
    public const long MostPixels = 200_000_000;

    // The models see hundreds of pixels a side. More than a telephone's usual photo has would only cost memory, 3 bytes each.
    private const long MostWholePixels = 50_000_000;
    private const long ShrunkPixels = 25_000_000;

    /// <summary>Suffixes of files that hold a picture of a format that is read; with the point, lower case.</summary>
    public static IReadOnlyList<string> Suffixes { get; } =
    [
        ".jpg", ".jpeg", ".png", ".webp", ".gif", ".bmp", ".tif", ".tiff", ".avif", ".heic", ".heif", ".hif",
    ];

    /// <summary>Whether a file is a picture by its suffix, in upper or lower case.</summary>
    public static bool IsPicture(string path) => Suffixes.Contains(Path.GetExtension(path).ToLowerInvariant());

    /// <exception cref="PictureException">The file is absent, no regular file, no picture, cut off, damaged or too large.</exception>
    public static Frame Read(string path)
    {
        if (!Path.Exists(path))
            throw PictureErrors.Missing(path);
        byte[] bytes;
        try
        {
            bytes = RegularFile.ReadAllBytes(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw PictureErrors.NotReadable(path, error);
        }
        return Read(bytes, path);
    }

    /// <param name="bytes">The whole encoded picture.</param>
    /// <param name="name">What an error calls it: the file, or where the bytes came from.</param>
    /// <exception cref="PictureException">The bytes are no picture, cut off, damaged or too large.</exception>
    public static Frame Read(byte[] bytes, string name)
    {
        if (bytes.Length == 0)
            throw PictureErrors.Empty(name);
        return PhotoFormats.Of(bytes) switch
        {
            PhotoFormat.Bmp => BitmapFile.Read(bytes, name),
            PhotoFormat.Heic => HeicFile.Read(bytes, name),
            _ => ReadByVips(bytes, name),
        };
    }

    /// <summary>Refuses a size that a header claims.</summary>
    /// <exception cref="PictureException">It is above <see cref="LongestSide"/> or <see cref="MostPixels"/>.</exception>
    public static void CheckSize(string name, int width, int height)
    {
        if (Math.Max(width, height) > LongestSide || (long)width * height > MostPixels)
            throw PictureErrors.TooLarge(name, width, height);
    }

    private static Frame ReadByVips(byte[] bytes, string name)
    {
        Vips.Prepare();
        try
        {
            return Vips.Run(() => Decode(bytes, name));
        }
        catch (VipsException error) when (error.Message.Contains("not in a known format", StringComparison.Ordinal))
        {
            throw PictureErrors.UnknownFormat(name, ForeignFile.NameOf(bytes), error);
        }
        catch (VipsException error)
        {
            throw PictureErrors.Broken(name, Vips.FirstLine(error), error);
        }
    }

    private static Frame Decode(byte[] bytes, string name)
    {
        using var header = Image.NewFromBuffer(bytes, access: Enums.Access.Sequential, failOn: Enums.FailOn.Error);
        CheckSize(name, header.Width, header.Height);
        using var bounded = Bounded(header);
        using var upright = Upright(bounded);
        using var rgb = ToRgb(upright);
        return ToFrame(rgb);
    }

    /// <summary>Half or a third as many pixels a side where they are very many, row by row while they are decoded.</summary>
    private static Image Bounded(Image image)
    {
        var pixels = (double)image.Width * image.Height;
        if (pixels <= MostWholePixels)
            return image.Copy();
        var factor = Math.Ceiling(Math.Sqrt(pixels / ShrunkPixels));
        return image.Shrink(factor, factor);
    }

    private static Image Upright(Image image)
    {
        if (!image.Contains("orientation") || Convert.ToInt32(image.Get("orientation")) <= 1)
            return image.Copy();
        // Turning needs the rows out of order, which a sequential source does not give.
        using var decoded = image.CopyMemory();
        return decoded.Autorot();
    }

    /// <summary>Three bands, or four with transparency.</summary>
    private static Image ToRgb(Image image)
    {
        using var srgb = image.Colourspace(Enums.Interpretation.Srgb);
        using var bytes = srgb.Cast(Enums.BandFormat.Uchar);
        var bands = bytes.HasAlpha() ? 4 : 3;
        return bytes.Bands == bands ? bytes.Copy() : bytes.ExtractBand(0, n: bands);
    }

    private static Frame ToFrame(Image image)
    {
        var pixels = image.WriteToMemory<byte>();
        if (image.Bands == 3)
            return new Frame(image.Width, image.Height, pixels);
        var frame = new Frame(image.Width, image.Height);
        Transparency.OntoWhite(pixels, frame.Rgb);
        return frame;
    }
}
