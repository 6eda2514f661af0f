namespace SockSort.Edge.LiveView;

/// <summary>All texts of the live view's error responses.</summary>
internal static class LiveViewErrors
{
    public const string NoFrame = "no frame yet\n";

    public const string NoPhone = "this camera is no phone: start it as --camera browser, or browser:NAME\n";

    public const string NoWebSocket = "pictures come in here over a WebSocket: open /phone in a browser\n";

    public const string ForeignPage = "a page of another site may not send pictures\n";

    public static string NoTicket(string path) => $"the ticket is missing, used or older than a minute: get a new one from {path}\n";

    public static string Full(int places) =>
        $"all {places} places are taken: close another window of the live view, or try again in half a minute\n";

    public static string UnknownParts(string given) =>
        $"parts={given} is unknown: parts=length tells each picture's Content-Length, "
            + "parts=browser shows each picture at once in a browser, "
            + $"parts=told tells its label and age in the header {MjpegStream.AboutHeader}\n";

    public static string UnknownResolution(string given) => $"resolution={given} is unknown: {LiveResolution.Words}\n";
}
