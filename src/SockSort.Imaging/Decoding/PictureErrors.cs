namespace SockSort.Imaging.Decoding;

internal static class PictureErrors
{
    private const string Formats = "(JPEG, PNG, WebP, GIF, TIFF, AVIF, " + HeicFile.InList + "BMP)";

    public static PictureException Missing(string picture) => new(picture, "no such file");

    public static PictureException NotReadable(string picture, Exception cause) =>
        new(picture, $"cannot be opened ({cause.Message})", cause);

    public static PictureException Empty(string picture) => new(picture, "the file is empty, expected a picture");

    /// <param name="picture">What an error calls it.</param>
    /// <param name="kind">What it is in place of a picture; null where that is not known.</param>
    /// <param name="cause">What the library said.</param>
    public static PictureException UnknownFormat(string picture, string? kind, Exception? cause) =>
        new(picture, (kind is null ? "" : $"it is {kind}, ") + $"not a picture of a format that can be read {Formats}", cause);

    public static PictureException NoHeic(string picture, string why, Exception? cause) =>
        new(picture, $"it is HEIC, as iPhones save photos; {why}: convert it to JPEG ('heif-convert {Example(picture)}', or on the phone "
            + "Settings > Camera > Formats > Most Compatible)", cause);

    public static PictureException Broken(string picture, string detail, Exception? cause) =>
        new(picture, $"the picture is cut off or damaged ({detail})", cause);

    public static PictureException TooLarge(string picture, long width, long height) =>
        new(picture, $"{width} x {height} pixels are too many: at most {PictureReader.LongestSide} a side "
            + $"and {PictureReader.MostPixels / 1_000_000} megapixels; make it smaller");

    private static string Example(string picture)
    {
        var file = Path.GetFileName(picture);
        return $"{file} {Path.ChangeExtension(file, ".jpg")}";
    }
}
