using NetVips;

namespace SockSort.Imaging.Native;

/// <summary>How libvips is set up in this process.</summary>
internal static class Vips
{
    static Vips()
    {
        // Its cache of operations would keep pictures alive that are read once.
        Cache.Max = 0;
        // Loaders that libvips itself does not hold safe for foreign bytes (SVG, PDF, ImageMagick's) stay closed.
        NetVips.NetVips.BlockUntrusted = true;
        // What it would warn of on the error stream comes as an exception, too, and is reported with the file's name.
        _ = Log.SetLogHandler("VIPS", Enums.LogLevelFlags.Warning, (_, _, _) => { });
    }

    /// <summary>Call before the first use of libvips.</summary>
    public static void Prepare()
    {
        // Running the static constructor is all.
    }

    /// <summary>libvips' own words on an error, in one line.</summary>
    public static string FirstLine(VipsException error)
    {
        var lines = error.Message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return lines.Length > 1 ? lines[1] : lines.FirstOrDefault() ?? "no detail";
    }
}
