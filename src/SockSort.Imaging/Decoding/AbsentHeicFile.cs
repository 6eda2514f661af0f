namespace SockSort.Imaging.Decoding;

/// <summary>Stands in the program for the edge in place of the decoder of HEIC, which alone has 39 MB, and says what to do.</summary>
internal static class HeicFile
{
    /// <summary>HEIC is none of the formats that are read.</summary>
    public const string InList = "";

    /// <exception cref="PictureException">Always.</exception>
    public static Frame Read(byte[] bytes, string name) =>
        throw PictureErrors.NoHeic(name, "this program was built for the edge and does not read it", cause: null);
}
