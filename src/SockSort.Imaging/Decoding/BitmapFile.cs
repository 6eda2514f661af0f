using SkiaSharp;

namespace SockSort.Imaging.Decoding;

/// <summary>Windows bitmaps, by Skia.</summary>
internal static class BitmapFile
{
    public static Frame Read(byte[] bytes, string name)
    {
        using var data = SKData.CreateCopy(bytes);
        using var codec = SKCodec.Create(data) ?? throw PictureErrors.UnknownFormat(name, cause: null);
        PictureReader.CheckSize(name, codec.Info.Width, codec.Info.Height);
        var info = new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        using var bitmap = new SKBitmap(info);
        var result = codec.GetPixels(info, bitmap.GetPixels());
        if (result != SKCodecResult.Success)
            throw PictureErrors.Broken(name, $"bitmap: {result}", cause: null);
        return DropAlpha(bitmap.GetPixelSpan(), info.Width, info.Height);
    }

    private static Frame DropAlpha(ReadOnlySpan<byte> rgba, int width, int height)
    {
        var frame = new Frame(width, height);
        var rgb = frame.Rgb;
        for (int from = 0, to = 0; to < rgb.Length; from += 4, to += 3)
        {
            rgb[to] = rgba[from];
            rgb[to + 1] = rgba[from + 1];
            rgb[to + 2] = rgba[from + 2];
        }
        return frame;
    }
}
