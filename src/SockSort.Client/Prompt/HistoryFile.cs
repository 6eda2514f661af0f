namespace SockSort.Client.Prompt;

/// <summary>Stores the lines of earlier prompts in the user's home folder; if that cannot be written, there is no history.</summary>
/// <param name="most">The number of lines to keep.</param>
internal sealed class HistoryFile(int most)
{
    private readonly string _path = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".socksort_sql_history");

    public void ReadInto(IList<string> lines)
    {
        try
        {
            foreach (var line in File.ReadLines(_path).TakeLast(most))
                lines.Add(line);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The file does not exist yet or cannot be read: a prompt without history is better than none.
        }
    }

    public void Write(IEnumerable<string> lines)
    {
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            // Statements may contain secrets that other users must not read.
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using var writer = new StreamWriter(_path, options);
            foreach (var line in lines.TakeLast(most))
                writer.WriteLine(line);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The file cannot be written: the prompt works without history.
        }
    }
}
