using System.Runtime.InteropServices;

namespace SockSort.Imaging.OpenCv;

/// <summary>OpenCV's <c>resize</c> with <c>INTER_LINEAR</c>, bit for bit; keeps its tables and rows for the next photo.</summary>
/// <remarks>
/// Source: <c>modules/imgproc/src/resize.cpp</c> of OpenCV 4.8; samples of 16 bits as Intel's IPP in its wheel resizes them. Not safe for
/// several threads at once.
/// </remarks>
internal sealed class LinearResizer
{
    private readonly LinearWeights _columns = new();
    private readonly LinearWeights _rows = new();
    private readonly short[][] _lines = [[], []];
    private readonly float[][] _wideLines = [[], []];
    private readonly int[] _lineRows = [-1, -1];

    /// <summary>The size that im2rec gives the shorter side: R x h*R/w where the picture is higher than wide, else w*R/h x R.</summary>
    public static (long Width, long Height) TargetSize(int width, int height, int size) =>
        height > width ? (size, (long)height * size / width) : ((long)width * size / height, size);

    /// <param name="source">Any shape; 3 channels of 8 bits are fastest.</param>
    /// <param name="target">Has the wanted shape, with the source's channels and depth.</param>
    public void Resize(RasterView source, Raster target)
    {
        _columns.Set(source.Width, target.Width, clamp: true);
        _rows.Set(source.Height, target.Height, clamp: false);
        if (source.Depth == 1)
            ResizeBytes(source, target);
        else
            ResizeWords(source, target);
    }

    private void ResizeBytes(RasterView source, Raster target)
    {
        var length = target.Width * target.Channels;
        PrepareLines(_lines, length + LinearKernel.WriteMargin);
        for (var y = 0; y < target.Height; y++)
        {
            var upper = Line(source, Math.Clamp(_rows.Starts[y], 0, source.Height - 1), other: -1);
            var lower = Line(source, Math.Clamp(_rows.Starts[y] + 1, 0, source.Height - 1), other: upper);
            LinearKernel.Blend(_lines[upper].AsSpan(0, length), _lines[lower].AsSpan(0, length),
                _rows.Weights[y * 2], _rows.Weights[y * 2 + 1], target.Pixels.Slice(y * length, length));
        }
    }

    /// <summary>
    /// Index of the buffer that holds source row <paramref name="row"/>, which is made unless it is there; <paramref name="other"/> is
    /// kept.
    /// </summary>
    private int Line(RasterView source, int row, int other)
    {
        var have = Array.IndexOf(_lineRows, row);
        if (have >= 0)
            return have;
        var upper = _lineRows[0] <= _lineRows[1] ? 0 : 1;
        var into = other >= 0 ? 1 - other : upper;
        _lineRows[into] = row;
        if (source.Depth == 1)
            LinearKernel.Stretch(source.From(row), source.Width, source.Channels, _columns, _lines[into]);
        else
            LinearKernel.StretchWords(
                MemoryMarshal.Cast<byte, ushort>(source.Row(row)), source.Width, source.Channels, _columns, _wideLines[into]);
        return into;
    }

    private void PrepareLines<T>(T[][] lines, int length)
    {
        _lineRows.AsSpan().Fill(-1);
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].Length < length)
                lines[i] = new T[length];
        }
    }

    private void ResizeWords(RasterView source, Raster target)
    {
        var length = target.Width * target.Channels;
        PrepareLines(_wideLines, length);
        var pixels = MemoryMarshal.Cast<byte, ushort>(target.Pixels);
        for (var y = 0; y < target.Height; y++)
        {
            var upper = Line(source, Math.Clamp(_rows.Starts[y], 0, source.Height - 1), other: -1);
            var lower = Line(source, Math.Clamp(_rows.Starts[y] + 1, 0, source.Height - 1), other: upper);
            LinearKernel.BlendWords(
                _wideLines[upper].AsSpan(0, length), _wideLines[lower].AsSpan(0, length), _rows.Fractions[y],
                pixels.Slice(y * length, length));
        }
    }
}
