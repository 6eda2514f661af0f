using SockSort.Imaging;
using SockSort.Imaging.Encoding;
using SockSort.Teaching.Photos;
using SockSort.Teaching.Waiting;

/// <summary>Somebody who teaches without end.</summary>
internal static class Teacher
{
    private const int PhotosAtOnce = 4;

    private static readonly SockName Stripes = SockName.Parse("Stripes");

    /// <summary>Adds four photos of one sock, again and again.</summary>
    public static void Show(string photos)
    {
        using var folder = PhotoFolder.Open(photos);
        Console.WriteLine("ready");
        while (true)
        {
            var isMore = PhotoFolder.Find(photos, Stripes) is not null;
            folder.Add(Stripes, folder.FolderOf(Stripes, isMore), [.. Enumerable.Range(0, PhotosAtOnce).Select(_ => Picture())]);
        }
    }

    /// <summary>Lets a frame wait and names it, again and again.</summary>
    public static void Name(string photos)
    {
        Directory.CreateDirectory(Path.Combine(photos, Stripes.Folder));
        var waiting = new WaitingFrames(photos);
        Console.WriteLine("ready");
        for (var at = DateTimeOffset.UtcNow; ; at = at.AddMilliseconds(1))
        {
            var frame = new WaitingFrame("desk", at, "Google", 40);
            waiting.Add(frame, JpegWriter.Encode(Picture(), 90));
            waiting.Name(frame.Id, Stripes);
        }
    }

    private static Frame Picture() => new(40, 30);
}
