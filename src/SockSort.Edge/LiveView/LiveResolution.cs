using SockSort.Imaging;

namespace SockSort.Edge.LiveView;

/// <summary>The largest size of the live view's pictures, by the names and sizes of DeepLens' project stream.</summary>
/// <param name="Width">Most pixels of the longer side.</param>
/// <param name="Height">Most pixels of the shorter side.</param>
public sealed record LiveResolution(string Name, int Width, int Height)
{
    public static LiveResolution Default { get; } = new("720p", 1280, 720);

    public static IReadOnlyList<LiveResolution> All { get; } = [new("480p", 858, 480), Default, new("1080p", 1920, 1080)];

    /// <summary>The names that <see cref="Find"/> knows, for messages to the user.</summary>
    public static string Words => string.Join(", ", All.Select(resolution => resolution.Name));

    /// <returns>Null where there is none of this name.</returns>
    public static LiveResolution? Find(string name) => All.FirstOrDefault(resolution => resolution.Name == name);

    /// <summary>Returns the size of a picture that is shown within this one: in its own proportions, and never enlarged.</summary>
    internal (int Width, int Height) Fit(Frame picture)
    {
        // A picture that stands upright, as a phone's, gets as many pixels as one that lies.
        var (longer, shorter) = (Math.Max(picture.Width, picture.Height), Math.Min(picture.Width, picture.Height));
        var scale = Math.Min(1.0, Math.Min((double)Width / longer, (double)Height / shorter));
        return (Scaled(picture.Width, scale), Scaled(picture.Height, scale));
    }

    private static int Scaled(int pixels, double scale) => Math.Max(1, (int)Math.Round(pixels * scale));
}
