using System.Runtime.CompilerServices;
using SkiaSharp;
using SockSort.Imaging;
using SockSort.Imaging.Decoding;

namespace SockSort.Edge.Cameras.Sources;

/// <summary>Reads the frames of an animated GIF as a viewer would show them: each is composed with those before it.</summary>
internal sealed class GifSource : IPictureSource
{
    private readonly string _path;

    private GifSource(string path) => _path = path;

    public string Name => _path;

    public bool IsLive => false;

    /// <summary>The GIF is decoded in this process, so a slow machine must not count as a failure of the source.</summary>
    public bool MayBeSilent => true;

    /// <exception cref="CameraException">
    /// The file is no GIF, is cut off before its first frame, or claims more pixels than the limit.
    /// </exception>
    public static GifSource Open(string path)
    {
        using var codec = CreateCodec(path);
        return new GifSource(path);
    }

    public async IAsyncEnumerable<SourcePicture> ReadAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        using var codec = CreateCodec(_path);
        using var canvas = new SKBitmap(new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Premul));
        var frames = codec.FrameInfo;
        // For a GIF of one frame the codec gives an empty list of frames.
        for (var index = 0; index < Math.Max(frames.Length, 1); index++)
        {
            var required = frames.Length > 0 ? frames[index].RequiredFrame : -1;
            yield return await Task.Run(() => Read(codec, canvas, index, required), cancel);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static SKCodec CreateCodec(string path)
    {
        var codec = SKCodec.Create(path, out var result) ?? throw CameraErrors.NotAGif(path, result.ToString());
        if (ProblemOf(codec, path) is not { } problem)
            return codec;
        codec.Dispose();
        throw CameraErrors.NotAGif(path, problem);
    }

    private static string? ProblemOf(SKCodec codec, string path)
    {
        if (codec.EncodedFormat != SKEncodedImageFormat.Gif)
            return $"it holds {codec.EncodedFormat.ToString().ToUpperInvariant()}";
        try
        {
            PictureReader.CheckSize(path, codec.Info.Width, codec.Info.Height);
            return null;
        }
        catch (PictureException error)
        {
            return error.Reason;
        }
    }

    private SourcePicture Read(SKCodec codec, SKBitmap canvas, int index, int required)
    {
        var name = $"{Path.GetFileName(_path)}#{index + 1}";
        // If this frame builds on the one before, that one still stands on the canvas; otherwise Skia decodes what is needed.
        var prior = required == index - 1 ? required : -1;
        var result = codec.GetPixels(canvas.Info, canvas.GetPixels(), new SKCodecOptions(index, prior));
        return result == SKCodecResult.Success
            ? new SourcePicture(name, ToFrame(canvas))
            : new SourcePicture(name, Picture: null, Problem: $"the GIF is damaged here ({result})");
    }

    private static Frame ToFrame(SKBitmap canvas)
    {
        var frame = new Frame(canvas.Width, canvas.Height);
        // A pixel of a GIF is either opaque or fully transparent, so its colours need no division by alpha.
        Transparency.OntoWhite(canvas.GetPixelSpan(), frame.Rgb);
        return frame;
    }
}
