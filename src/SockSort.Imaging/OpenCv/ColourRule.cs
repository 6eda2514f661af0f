namespace SockSort.Imaging.OpenCv;

/// <summary>What a photo is decoded to; the numbers of im2rec's <c>--color</c>.</summary>
public enum ColourRule
{
    /// <summary>The photo as it is stored: channels, depth and transparency stay, EXIF orientation is not applied.</summary>
    Unchanged = -1,

    /// <summary>One channel of 8 bits, turned upright.</summary>
    Gray = 0,

    /// <summary>R G B of 8 bits, turned upright; transparency is dropped.</summary>
    Colour = 1,
}
