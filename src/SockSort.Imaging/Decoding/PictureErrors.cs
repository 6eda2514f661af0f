namespace SockSort.Imaging.Decoding;

internal static class PictureErrors
{
    public static PictureException Missing(string picture) => new(picture, "no such file");

    public static PictureException NotReadable(string picture, Exception cause) =>
        new(picture, $"cannot be opened ({cause.Message})", cause);

    public static PictureException Empty(string picture) => new(picture, "the file is empty, expected a picture");

    public static PictureException UnknownFormat(string picture, Exception? cause) =>
        new(picture, "not a picture of a format that can be read (JPEG, PNG, WebP, GIF, TIFF, AVIF, BMP)", cause);

    public static PictureException Broken(string picture, string detail, Exception? cause) =>
        new(picture, $"the picture is cut off or damaged ({detail})", cause);

    public static PictureException TooLarge(string picture, long width, long height) =>
        new(picture, $"{width} x {height} pixels are too many: at most {PictureReader.LongestSide} a side "
            + $"and {PictureReader.MostPixels / 1_000_000} megapixels; make it smaller");
}
