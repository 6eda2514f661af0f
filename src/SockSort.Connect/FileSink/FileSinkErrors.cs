
namespace SockSort.Connect.FileSink;

/// <summary>The wording of the file sink's errors.</summary>
internal static class FileSinkErrors
{
    public static ConnectException NotWritten(string connector, string path, Exception error) =>
        new(ConnectErrorKind.Storage, $"connector '{connector}': {path} can't be "
            + $"written: {error.Message}", FileSinkConnector.FileKey, error);
}
