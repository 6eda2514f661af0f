using SockSort.Imaging;
using SockSort.Imaging.Drawing;
using SockSort.Imaging.Encoding;
using SockSort.Imaging.Kernels;

namespace SockSort.Edge.LiveView;

/// <summary>
/// Encodes frames as JPEG with their label drawn on them: once per frame and resolution for all viewers, and only when one asks for it.
/// </summary>
internal sealed class FrameEncoder : IDisposable
{
    private const int Quality = 80;

    private readonly Lock _gate = new();
    private readonly LabelOverlay _overlay = new();
    private readonly Dictionary<(int Width, int Height, bool IsPlain), byte[]> _jpegs = [];
    private LiveFrame? _encoded;

    /// <param name="isPlain">Whether no label is drawn.</param>
    public byte[] Jpeg(LiveFrame frame, LiveResolution resolution, bool isPlain = false)
    {
        lock (_gate)
        {
            if (!ReferenceEquals(frame, _encoded))
                _jpegs.Clear();
            _encoded = frame;
            var size = resolution.Fit(frame.Picture);
            if (!_jpegs.TryGetValue((size.Width, size.Height, isPlain), out var jpeg))
                _jpegs[(size.Width, size.Height, isPlain)] = jpeg = Encode(frame, size, isPlain);
            return jpeg;
        }
    }

    public void Dispose() => _overlay.Dispose();

    private byte[] Encode(LiveFrame frame, (int Width, int Height) size, bool isPlain)
    {
        var shown = CopyOf(frame.Picture, size);
        if (!isPlain)
            _ = _overlay.Draw(shown, TextOf(frame));
        return JpegWriter.Encode(shown, Quality);
    }

    private static string TextOf(LiveFrame frame)
    {
        var text = LabelOverlay.Text(frame.Label, frame.Percent / 100);
        return frame.IsLearnt ? $"{text}, just learnt" : text;
    }

    private static Frame CopyOf(Frame picture, (int Width, int Height) size) => size == (picture.Width, picture.Height)
        ? new Frame(picture.Width, picture.Height, (byte[])picture.Rgb.Clone())
        : new Resampler(size.Width, size.Height).Resize(picture);
}
