using System.Buffers.Binary;
using System.Runtime.InteropServices;
using NetVips;
using SkiaSharp;
using SockSort.Imaging.Decoding;
using SockSort.Imaging.Native;

namespace SockSort.Imaging.OpenCv;

/// <summary>PNG, WebP and BMP as OpenCV decodes them; not turned upright. HEIC, which it does not know.</summary>
internal static class OtherFormats
{
    /// <remarks>HEIC, which OpenCV does not know, comes as <see cref="PictureReader"/> gives it: such files are called JPG, too.</remarks>
    /// <exception cref="PictureException">It cannot be decoded, or claims more than <paramref name="mostPixels"/>.</exception>
    public static void Decode(string name, ReadOnlySpan<byte> file, PhotoFormat format, ColourRule rule, long mostPixels, Raster target)
    {
        switch (format)
        {
            case PhotoFormat.Png or PhotoFormat.WebP:
                DecodeByVips(name, file.ToArray(), format, rule, mostPixels, target);
                break;
            case PhotoFormat.Bmp:
                DecodeBmp(name, file.ToArray(), rule, mostPixels, target);
                break;
            case PhotoFormat.Heic:
                FromFrame(name, HeicFile.Read(file.ToArray(), name), rule, mostPixels, target);
                break;
            default:
                throw new PictureException(name, Refusal(format, file));
        }
    }

    private static string Refusal(PhotoFormat format, ReadOnlySpan<byte> file) => format switch
    {
        PhotoFormat.Gif or PhotoFormat.Tiff or PhotoFormat.Avif =>
            $"is a {format.ToString().ToUpperInvariant()}; JPEG, PNG, WebP and BMP can be packed: convert it",
        _ when file.Length == 0 => "the file is empty",
        _ when ForeignFile.NameOf(file) is { } kind => $"is {kind}, no picture that can be packed (JPEG, PNG, WebP or BMP)",
        _ => "is no picture that can be packed (JPEG, PNG, WebP or BMP)",
    };

    private static void DecodeByVips(string name, byte[] file, PhotoFormat format, ColourRule rule, long mostPixels, Raster target)
    {
        Vips.Prepare();
        try
        {
            Vips.Run(() =>
            {
                DecodeNow(name, file, format, rule, mostPixels, target);
                return true;
            });
        }
        catch (VipsException error)
        {
            throw new PictureException(
                name, $"the {(format == PhotoFormat.Png ? "PNG" : "WebP")} cannot be decoded ({Vips.FirstLine(error)})", error);
        }
    }

    private static void DecodeNow(string name, byte[] file, PhotoFormat format, ColourRule rule, long mostPixels, Raster target)
    {
        using var image = format == PhotoFormat.Png
            ? Image.PngloadBuffer(file, access: Enums.Access.Sequential, failOn: Enums.FailOn.Error)
            : Image.WebploadBuffer(file, access: Enums.Access.Sequential, failOn: Enums.FailOn.Error);
        CheckSize(name, image.Width, image.Height, mostPixels);
        using var pixels = new VipsPixels(image);
        var gray = format == PhotoFormat.Png ? ChannelKernel.GrayRule.Png : ChannelKernel.GrayRule.Converted;
        if (image.Format == Enums.BandFormat.Ushort)
            FromWords(pixels.Words, image, rule, target);
        else
            FromBytes(pixels.Bytes, image, gray, rule, target);
    }

    private static void FromFrame(string name, Frame frame, ColourRule rule, long mostPixels, Raster target)
    {
        CheckSize(name, frame.Width, frame.Height, mostPixels);
        target.Shape(frame.Width, frame.Height, rule == ColourRule.Gray ? 1 : 3);
        if (rule == ColourRule.Gray)
            ChannelKernel.ToGray(frame.Rgb, 3, ChannelKernel.GrayRule.Converted, target.Pixels);
        else
            frame.Rgb.CopyTo(target.Pixels);
    }

    private static void FromBytes(ReadOnlySpan<byte> pixels, Image image, ChannelKernel.GrayRule gray, ColourRule rule, Raster target)
    {
        target.Shape(image.Width, image.Height, TargetChannels(image.Bands, rule));
        if (rule == ColourRule.Gray)
            ChannelKernel.ToGray(pixels, image.Bands, gray, target.Pixels);
        else
            ChannelKernel.Rearrange(pixels, image.Bands, target.Pixels, target.Channels, opaque: byte.MaxValue);
    }

    private static void FromWords(ReadOnlySpan<ushort> pixels, Image image, ColourRule rule, Raster target)
    {
        if (rule == ColourRule.Unchanged)
        {
            target.Shape(image.Width, image.Height, TargetChannels(image.Bands, rule), depth: 2);
            ChannelKernel.Rearrange(
                pixels, image.Bands, MemoryMarshal.Cast<byte, ushort>(target.Pixels), target.Channels, opaque: ushort.MaxValue);
            return;
        }
        var bytes = new byte[pixels.Length];
        ChannelKernel.HighBytes(pixels, bytes);
        FromBytes(bytes, image, ChannelKernel.GrayRule.Png, rule, target);
    }

    private static int TargetChannels(int bands, ColourRule rule) => rule switch
    {
        ColourRule.Gray => 1,
        ColourRule.Colour => 3,
        // OpenCV has no two channels of gray and alpha.
        _ => bands == 2 ? 4 : bands,
    };

    /// <summary>
    /// Decodes with Skia, since libvips reads no BMP. With <see cref="ColourRule.Unchanged"/>, too, it gives three channels.
    /// </summary>
    private static void DecodeBmp(string name, byte[] file, ColourRule rule, long mostPixels, Raster target)
    {
        if (file.Length >= 26)
            CheckSize(
                name, Math.Abs((long)BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(18))),
                Math.Abs((long)BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(22))), mostPixels);
        using var data = SKData.CreateCopy(file);
        using var codec = SKCodec.Create(data) ?? throw new PictureException(name, "the BMP's header cannot be read");
        CheckSize(name, codec.Info.Width, codec.Info.Height, mostPixels);
        var info = new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        using var bitmap = new SKBitmap(info);
        var result = codec.GetPixels(info, bitmap.GetPixels());
        if (result != SKCodecResult.Success)
            throw new PictureException(name, $"the BMP cannot be decoded ({result})");
        target.Shape(info.Width, info.Height, rule == ColourRule.Gray ? 1 : 3);
        if (rule == ColourRule.Gray)
            ChannelKernel.ToGray(bitmap.GetPixelSpan(), 4, ChannelKernel.GrayRule.Bmp, target.Pixels);
        else
            ChannelKernel.Rearrange(bitmap.GetPixelSpan(), 4, target.Pixels, 3, opaque: byte.MaxValue);
    }

    private static void CheckSize(string name, long width, long height, long mostPixels)
    {
        if (width * height > mostPixels)
            throw new PictureException(
                name,
                $"its header claims {width} x {height} pixels, more than the {mostPixels} that are allowed; make it "
                    + "smaller or raise the limit");
    }
}
