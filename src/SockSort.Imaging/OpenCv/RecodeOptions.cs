namespace SockSort.Imaging.OpenCv;

/// <summary>How a packed photo is encoded.</summary>
public enum PhotoEncoding
{
    /// <summary>Baseline JPEG, 4:2:0.</summary>
    Jpeg,

    /// <summary>PNG with adaptive filters.</summary>
    Png,
}

/// <summary>What becomes of a photo between its file and the record.</summary>
public sealed record RecodeOptions
{
    /// <summary>What a photo is decoded to; im2rec's <c>--color</c>.</summary>
    public ColourRule Colour { get; init; } = ColourRule.Colour;

    /// <summary>Whether the largest square in the middle is cut out, before the resize; <c>--center-crop</c>.</summary>
    public bool CentreCrop { get; init; }

    /// <summary>Pixels of the shorter side, also upwards; 0 leaves the size as it is; <c>--resize</c>.</summary>
    public int Resize { get; init; }

    /// <summary>JPEG 1 .. 100, PNG zlib's level 0 .. 9; what lies outside acts as the nearest; <c>--quality</c>.</summary>
    public int Quality { get; init; } = 95;

    /// <summary><c>--encoding</c>.</summary>
    public PhotoEncoding Encoding { get; init; }

    /// <summary>Which library reads and writes JPEG.</summary>
    public PhotoCodecKind Codec { get; init; }

    /// <summary>
    /// Width times height above which a picture is refused by its header, and a resize by its target: 2^28 by default, 800 MB in colour.
    /// </summary>
    public long MostPixels { get; init; } = 1L << 28;
}
