using ImageMagick;

namespace SockSort.Imaging.Decoding;

/// <summary>HEIC, as iPhones save photos, by ImageMagick (libheif): libvips comes without a decoder for HEVC.</summary>
/// <remarks>Not in the program for the edge, where <c>Edge/HeicFile.cs</c> stands in its place.</remarks>
internal static class HeicFile
{
    /// <summary>As an error lists it among the formats that are read.</summary>
    public const string InList = "HEIC, ";

    private static readonly MagickReadSettings Settings = new() { Format = MagickFormat.Heic };

    static HeicFile()
    {
        // Several pictures are decoded at once as it is.
        ResourceLimits.Thread = 1;
        ResourceLimits.Width = PictureReader.LongestSide;
        ResourceLimits.Height = PictureReader.LongestSide;
    }

    /// <summary>The first picture. It comes upright: libheif turns it as the file says.</summary>
    /// <exception cref="PictureException">It is cut off, damaged or too large, or this machine has no decoder for it.</exception>
    public static Frame Read(byte[] bytes, string name)
    {
        try
        {
            var header = new MagickImageInfo(bytes, Settings);
            PictureReader.CheckSize(name, (int)header.Width, (int)header.Height);
            using var image = new MagickImage(bytes, Settings);
            return FrameOf(image, name);
        }
        catch (MagickException error)
        {
            throw PictureErrors.Broken(name, $"HEIC: {Plain(error.Message)}", error);
        }
        catch (Exception error) when (error is TypeInitializationException or DllNotFoundException)
        {
            throw PictureErrors.NoHeic(name, "this machine has no decoder for it", error);
        }
    }

    private static Frame FrameOf(MagickImage image, string name)
    {
        using var pixels = image.GetPixels();
        var (width, height) = ((int)image.Width, (int)image.Height);
        if (!image.HasAlpha)
            return new Frame(width, height, pixels.ToByteArray(PixelMapping.RGB) ?? throw PictureErrors.Empty(name));
        var frame = new Frame(width, height);
        Transparency.OntoWhite(pixels.ToByteArray(PixelMapping.RGBA) ?? throw PictureErrors.Empty(name), frame.Rgb);
        return frame;
    }

    /// <summary>Without the place in ImageMagick's sources.</summary>
    private static string Plain(string message)
    {
        var place = message.IndexOf(" @ ", StringComparison.Ordinal);
        return (place < 0 ? message : message[..place]).Replace(" `'", "", StringComparison.Ordinal).Trim();
    }
}
