using NetVips;

namespace SockSort.Imaging.Native;

/// <summary>How libvips is set up in this process, and how it is asked.</summary>
internal static class Vips
{
    // libvips has one text of errors for the whole process: what one thread's picture lacks may be told of another's.
    private static readonly ReaderWriterLockSlim Calls = new();

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

    /// <summary>
    /// Decodes one picture, as others do at the same time. One that fails is tried once more alone, so that the reason is its own.
    /// </summary>
    /// <param name="work">Opens the picture, decodes and frees it; may run twice. Calls no <see cref="Run"/> itself.</param>
    /// <exception cref="VipsException">It failed alone, too.</exception>
    public static T Run<T>(Func<T> work)
    {
        Calls.EnterReadLock();
        try
        {
            return work();
        }
        catch (VipsException)
        {
            // Tried again below.
        }
        finally
        {
            Calls.ExitReadLock();
        }
        Calls.EnterWriteLock();
        try
        {
            Forget();
            return work();
        }
        finally
        {
            Calls.ExitWriteLock();
        }
    }

    /// <summary>libvips' own words on an error, in one line.</summary>
    public static string FirstLine(VipsException error)
    {
        var lines = error.Message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        // A file that ends too early is sought in vain before the loader says what it lacks.
        var telling = lines.Skip(1).FirstOrDefault(line => !line.StartsWith("source:", StringComparison.Ordinal));
        return telling ?? lines.LastOrDefault() ?? "no detail";
    }

    /// <summary>An exception takes the text of errors with it: also what pictures left that were decoded in spite of a fault.</summary>
    private static void Forget()
    {
        try
        {
            Image.NewFromBuffer([0]).Dispose();
        }
        catch (VipsException)
        {
            // That is what it was for.
        }
    }
}
