namespace SockSort.Edge.Cameras.Browser;

/// <summary>A message of the page on a phone, which should be a picture.</summary>
/// <param name="Number">Counted from 1 over all phones of the feed.</param>
/// <param name="Bytes">As they came; nothing has looked at them yet.</param>
/// <param name="IsText">Whether they came as text, which no picture does.</param>
internal sealed record BrowserPicture(long Number, byte[] Bytes, bool IsText)
{
    // ISO/IEC 10918-1: each JPEG picture begins with the mark SOI, and after it comes another mark.
    private static readonly byte[] StartOfJpeg = [0xff, 0xd8, 0xff];

    /// <summary>Why this is no picture, as far as its first bytes tell; null if it may be one.</summary>
    public string? Problem
    {
        get
        {
            if (IsText)
                return "it is text, expected a JPEG picture as a binary message";
            return Bytes.AsSpan().StartsWith(StartOfJpeg) ? null : $"it is no JPEG picture ({Bytes.Length} bytes)";
        }
    }
}
