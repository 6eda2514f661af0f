namespace SockSort.Mqtt.Broker;

/// <summary>
/// A file of lines that people write, with empty ones and comments (<c>#</c>) between, and that may change while it is used.
/// </summary>
/// <param name="path">The file's path, for who tells of it, too.</param>
/// <param name="unreadable">Makes the error of a file that can't be read.</param>
internal sealed class LinesFile(string path, Func<string, Exception, MqttException> unreadable)
{
    private DateTime _readAt;

    public string Path => path;

    /// <summary>Whether it has been written since it was read last.</summary>
    public bool HasChanged => File.GetLastWriteTimeUtc(path) != _readAt;

    /// <summary>Reads the lines that say something, with their numbers, from 1.</summary>
    /// <exception cref="MqttException">The file can't be read.</exception>
    public IEnumerable<(int Number, string Line)> Read()
    {
        // Noted before the file is read, so that what is written meanwhile is another change.
        _readAt = File.GetLastWriteTimeUtc(path);
        return Lines().Index().Select(line => (line.Index + 1, line.Item)).Where(line => Says(line.Item));
    }

    private string[] Lines()
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw unreadable(path, error);
        }
    }

    private static bool Says(string line) => line.Trim().Length > 0 && !line.StartsWith('#');
}
