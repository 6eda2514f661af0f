namespace SockSort.Server.Endpoint;

/// <summary>All error messages of the endpoint.</summary>
internal static class EndpointErrors
{
    public const string Stopping = "the endpoint is stopping: send the picture to another one";

    public const string Busy = "the endpoint is busy: send the picture again in a second";

    public const string NoSuchAddress = "no such address: the endpoint has GET /ping and POST /invocations";

    public const string NotAcceptable =
        "accept application/json, application/json;verbose=1 (with labels), application/jsonlines or text/csv";

    public static string NoPictureType(string? type) =>
        $"the content type {(string.IsNullOrEmpty(type) ? "is missing" : $"'{type}' is no picture")}, expected application/x-image, "
            + "image/jpeg or image/png";

    public static string BrokenRequest(string detail) => $"the picture did not come whole ({detail})";

    public static string TooLarge(long mostBytes) => $"the picture is larger than {mostBytes} bytes: send a smaller one";
}
