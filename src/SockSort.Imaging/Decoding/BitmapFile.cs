using SkiaSharp;

namespace SockSort.Imaging.Decoding;

/// <summary>Windows bitmaps, by Skia.</summary>
internal static class BitmapFile
{
    public static Frame Read(byte[] bytes, string name)
    {
        using var data = SKData.CreateCopy(bytes);
        using var codec = SKCodec.Create(data) ?? throw PictureErrors.UnknownFormat(name, kind: null, cause: null);
        PictureReader.CheckSize(name, codec.Info.Width, codec.Info.Height);
        var info = new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        using var bitmap = new SKBitmap(info);
        var result = codec.GetPixels(info, bitmap.GetPixels());
        if (result != SKCodecResult.Success)
            throw PictureErrors.Broken(name, $"bitmap: {result}", cause: null);
        var pixels = bitmap.GetPixelSpan();
        // Programs that know no transparency leave its bytes at 0: nobody stores a picture of nothing.
        if (codec.Info.AlphaType == SKAlphaType.Opaque || IsAllTransparent(pixels))
            MakeOpaque(pixels);
        var frame = new Frame(info.Width, info.Height);
        Transparency.OntoWhite(pixels, frame.Rgb);
        return frame;
    }

    private static bool IsAllTransparent(ReadOnlySpan<byte> rgba)
    {
        for (var at = 3; at < rgba.Length; at += 4)
        {
            if (rgba[at] != 0)
                return false;
        }
        return true;
    }

    private static void MakeOpaque(Span<byte> rgba)
    {
        for (var at = 3; at < rgba.Length; at += 4)
            rgba[at] = byte.MaxValue;
    }
}
