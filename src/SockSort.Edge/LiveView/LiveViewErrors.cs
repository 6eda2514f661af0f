namespace SockSort.Edge.LiveView;

/// <summary>All texts of the live view's error responses.</summary>
internal static class LiveViewErrors
{
    public const string NoFrame = "no frame yet\n";

    public static string Full(int places) =>
        $"all {places} places are taken: close another window of the live view, or try again in half a minute\n";

    public static string UnknownParts(string given) =>
        $"parts={given} is unknown: parts=length tells each picture's Content-Length, "
            + "parts=browser shows each picture at once in a browser, "
            + $"parts=told tells its label and age in the header {MjpegStream.AboutHeader}\n";

    public static string UnknownResolution(string given) => $"resolution={given} is unknown: {LiveResolution.Words}\n";
}
