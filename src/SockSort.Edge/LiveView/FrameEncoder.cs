using SockSort.Imaging;
using SockSort.Imaging.Drawing;
using SockSort.Imaging.Encoding;
using SockSort.Imaging.Kernels;

namespace SockSort.Edge.LiveView;

/// <summary>Encodes frames as JPEG with their label drawn on them: once per frame for all viewers, and only when one asks for it.</summary>
internal sealed class FrameEncoder : IDisposable
{
    private const int Quality = 80;

    // Only the classifier needs pictures of 12 megapixels: no page shows them at full size, and each would be several megabytes.
    private const int MaxWidth = 1280;

    private readonly Lock _gate = new();
    private readonly LabelOverlay _overlay = new();
    private LiveFrame? _encoded;
    private byte[] _jpeg = [];

    public byte[] Jpeg(LiveFrame frame)
    {
        lock (_gate)
        {
            if (!ReferenceEquals(frame, _encoded))
                (_jpeg, _encoded) = (Encode(frame), frame);
            return _jpeg;
        }
    }

    public void Dispose() => _overlay.Dispose();

    private byte[] Encode(LiveFrame frame)
    {
        var labelled = CopyOf(frame.Picture);
        _ = _overlay.Draw(labelled, LabelOverlay.Text(frame.Label, frame.Percent / 100));
        return JpegWriter.Encode(labelled, Quality);
    }

    private static Frame CopyOf(Frame picture) => picture.Width > MaxWidth
        ? new Resampler(MaxWidth, Math.Max(1, (int)Math.Round((double)picture.Height * MaxWidth / picture.Width))).Resize(picture)
        : new Frame(picture.Width, picture.Height, (byte[])picture.Rgb.Clone());
}
