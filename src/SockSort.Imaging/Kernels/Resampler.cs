namespace SockSort.Imaging.Kernels;

/// <summary>
/// Stretches pictures to one size, antialiased, bit for bit as Pillow's <c>Image.resize</c>. Weights and buffers are
/// kept: a stream of pictures of one size allocates nothing.
/// </summary>
/// <remarks>One thread at a time.</remarks>
public sealed class Resampler
{
    private readonly ResamplingFilter _filter;
    private int _fromWidth;
    private int _fromHeight;
    private ResamplingWeights? _across;
    private ResamplingWeights? _down;
    private byte[] _narrowed = [];
    private byte[] _lastRow = [];

    /// <param name="width">Pixels of the output, at least 1.</param>
    /// <param name="height">Pixels of the output, at least 1.</param>
    /// <param name="filter">Bicubic is what the network's input is made with.</param>
    public Resampler(int width, int height, ResamplingFilter filter = ResamplingFilter.Bicubic)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        (Width, Height, _filter) = (width, height, filter);
    }

    /// <summary>Pixels of the output.</summary>
    public int Width { get; }

    /// <summary>Pixels of the output.</summary>
    public int Height { get; }

    /// <param name="source">Any size.</param>
    /// <param name="target">Receives R G B interleaved; <c>Width * Height * 3</c> bytes.</param>
    /// <exception cref="ArgumentException">The target has another length.</exception>
    public void Resize(Frame source, Span<byte> target)
    {
        if (target.Length != Width * Height * 3)
            throw new ArgumentException($"{target.Length} bytes are not {Width} x {Height} x 3", nameof(target));
        Prepare(source.Width, source.Height);
        // As in Pillow an axis that keeps its size is left alone.
        var narrowed = source.Rgb.AsSpan();
        if (_across is not null)
            narrowed = _down is null ? target : _narrowed.AsSpan(0, Width * source.Height * 3);
        if (_across is not null)
            Narrow(source, _across, narrowed);
        if (_down is not null)
            Shorten(narrowed, _down, target);
        else if (_across is null)
            narrowed.CopyTo(target);
    }

    /// <summary>Resizes as <see cref="Resize(Frame, Span{byte})"/> does, into a new frame.</summary>
    public Frame Resize(Frame source)
    {
        var target = new Frame(Width, Height);
        Resize(source, target.Rgb);
        return target;
    }

    private void Prepare(int width, int height)
    {
        if (width != _fromWidth)
        {
            _across = width == Width ? null : new ResamplingWeights(width, Width, _filter);
            _lastRow = new byte[width * 3 + ResampleKernel.Overread];
        }
        if (height != _fromHeight)
            _down = height == Height ? null : new ResamplingWeights(height, Height, _filter);
        (_fromWidth, _fromHeight) = (width, height);
        if (_across is not null && _down is not null && _narrowed.Length < Width * height * 3)
            _narrowed = new byte[Width * height * 3];
    }

    private void Narrow(Frame source, ResamplingWeights across, Span<byte> target)
    {
        var lengthBytes = source.Width * 3;
        var y = 0;
        // Nothing may be read behind the picture: several rows at once while there is enough of it behind all.
        for (; ResampleKernel.TakesFourRows && (y + 4) * lengthBytes + ResampleKernel.Overread <= source.Rgb.Length; y += 4)
        {
            ResampleKernel.HorizontalFour(source.Rgb.AsSpan(y * lengthBytes), across, target[(y * Width * 3)..]);
        }
        for (; (y + 2) * lengthBytes + ResampleKernel.Overread <= source.Rgb.Length; y += 2)
        {
            ResampleKernel.HorizontalPair(
                source.Rgb.AsSpan(y * lengthBytes, lengthBytes + ResampleKernel.Overread),
                source.Rgb.AsSpan((y + 1) * lengthBytes, lengthBytes + ResampleKernel.Overread),
                across, target.Slice(y * Width * 3, Width * 3), target.Slice((y + 1) * Width * 3, Width * 3));
        }
        for (; y < source.Height; y++)
        {
            source.Row(y).CopyTo(_lastRow);
            ResampleKernel.Horizontal(_lastRow, across, target.Slice(y * Width * 3, Width * 3));
        }
    }

    private void Shorten(ReadOnlySpan<byte> rows, ResamplingWeights down, Span<byte> target)
    {
        for (var y = 0; y < Height; y++)
            ResampleKernel.Vertical(rows[(down.First(y) * Width * 3)..], down.Of(y), target.Slice(y * Width * 3, Width * 3));
    }
}
