namespace SockSort.Connect.FileSink;

/// <summary>The texts of the file sink's errors.</summary>
internal static class FileSinkErrors
{
    public static ConnectException NotWritten(string connector, string path, string problem, Exception? cause = null) =>
        new(ConnectErrorKind.Storage, $"connector '{connector}': {path} can't be written: {problem}", FileSinkConnector.FileKey, cause);

    public static ConnectException Taken(string connector, string path, string holder) =>
        new(ConnectErrorKind.Storage, $"connector '{connector}': connector '{holder}' writes {path}; give each a file of its own",
            FileSinkConnector.FileKey);
}
