using SockSort.Connect.Classes;
using SockSort.Connect.Configuration;
using SockSort.Connect.Sinks;

namespace SockSort.Connect.FileSink;

/// <summary>
/// Writes the values of records to a file, one JSON value per line. The class's name and keys are those of Kafka Connect's file sink.
/// </summary>
internal sealed class FileSinkConnector(ConnectorPlace place) : ISinkConnector
{
    /// <summary>
    /// The folder of all files, below the data folder: a statement may come from another machine, and must not write elsewhere.
    /// </summary>
    public const string Folder = "sinks";

    public const string FileKey = "file";

    private readonly FileClaims _claims = new();

    public string ClassName => "org.apache.kafka.connect.file.FileStreamSinkConnector";

    public ConfigDef Config { get; } = new(
        [
            .. SinkKeys.All,
            new(FileKey, ConfigType.Text, null, $"The file, below the folder '{Folder}' of the data folder.")
            {
                Example = "pairs.jsonl",
                Problem = ProblemOfFile,
            },
        ],
        SinkKeys.Ignored,
        CommonKeys.IgnoredPrefixes);

    public IConnectorPlan Plan(string name, ConfigValues values) => new SinkPlan(name, this, values, place);

    public ISinkTask Open(string name, ConfigValues values, byte[]? state)
    {
        var folder = Path.Combine(place.Log.Directory ?? Environment.CurrentDirectory, Folder);
        var path = Path.GetRelativePath(folder, Path.GetFullPath(values.Text(FileKey), folder));
        return FileSinkTask.Open(name, folder, path, _claims.Take(path, name), state);
    }

    private static string? ProblemOfFile(string file)
    {
        var root = Path.GetFullPath("/" + Folder) + Path.DirectorySeparatorChar;
        var isBelow = !file.Any(char.IsControl) && !Path.IsPathRooted(file) && IsFileBelow(root, Path.GetFullPath(file, root));
        return isBelow ? null : $"it must be a file below the folder '{Folder}' of the data folder, as pairs.jsonl";
    }

    private static bool IsFileBelow(string root, string path) =>
        path.StartsWith(root, StringComparison.Ordinal) && path.Length > root.Length && !path.EndsWith(Path.DirectorySeparatorChar);
}
