using SockSort.Connect.Classes;
using SockSort.Log;

namespace SockSort.Connect.FileSink;

/// <summary>
/// Appends lines to a file. Its state is the file's length: what a run that was killed has written behind that comes again, and is put
/// aside.
/// So each record is in the file once.
/// </summary>
internal sealed class FileSinkTask : ISinkTask
{
    private const string CutSuffix = ".cut";

    private readonly string _connector;
    private readonly string _path;
    private readonly FileStream _file;
    private readonly IDisposable _claim;

    private FileSinkTask(string connector, string path, FileStream file, IDisposable claim) =>
        (_connector, _path, _file, _claim) = (connector, path, file, claim);

    /// <param name="connector">Its name.</param>
    /// <param name="folder">The sinks' folder; made where it lacks, as the file is.</param>
    /// <param name="path">Below it.</param>
    /// <param name="claim">That no other sink writes the file; given back with the task.</param>
    /// <param name="state">Of an earlier start. Where there is none, or one of another file, lines are appended to what is there.</param>
    /// <exception cref="ConnectException">The file can't be written.</exception>
    public static FileSinkTask Open(string connector, string folder, string path, IDisposable claim, byte[]? state)
    {
        var full = Path.Combine(folder, path);
        FileStream? file = null;
        try
        {
            _ = Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            file = new FileStream(full, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
            if (SinkFile.Of(state) is { } known && known.Path == path && known.LengthBytes < file.Length)
                PutAside(file, known.LengthBytes);
            _ = file.Seek(0, SeekOrigin.End);
            return new FileSinkTask(connector, path, file, claim);
        }
        catch (Exception error) when (IsOfTheFile(error))
        {
            file?.Dispose();
            claim.Dispose();
            throw FileSinkErrors.NotWritten(connector, full, error.Message, error);
        }
    }

    public async Task PutAsync(string topic, IReadOnlyList<LogRecord> records, CancellationToken cancellationToken)
    {
        using var lines = new MemoryStream();
        foreach (var record in records)
            JsonLine.Write(record.Value, lines);
        try
        {
            await _file.WriteAsync(lines.GetBuffer().AsMemory(0, (int)lines.Length), cancellationToken);
        }
        catch (Exception error) when (IsOfTheFile(error))
        {
            throw FileSinkErrors.NotWritten(_connector, _file.Name, error.Message, error);
        }
    }

    public Task<byte[]?> FlushAsync(CancellationToken cancellationToken)
    {
        try
        {
            _file.Flush(flushToDisk: true);
            if (!File.Exists(_file.Name) || _file.Length < _file.Position)
                throw FileSinkErrors.NotWritten(_connector, _file.Name, "it was removed, moved or shortened meanwhile");
            return Task.FromResult<byte[]?>(new SinkFile(_path, _file.Length).ToState());
        }
        catch (Exception error) when (IsOfTheFile(error))
        {
            throw FileSinkErrors.NotWritten(_connector, _file.Name, error.Message, error);
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _file.DisposeAsync();
        }
        catch (Exception error) when (IsOfTheFile(error))
        {
            // A full disk: what could not be written comes again.
        }
        finally
        {
            _claim.Dispose();
        }
    }

    /// <summary>Mostly lines that come again; should somebody else have written them, they are not lost.</summary>
    private static void PutAside(FileStream file, long length)
    {
        using (var cut = new FileStream(file.Name + CutSuffix, FileMode.Append, FileAccess.Write))
        {
            _ = file.Seek(length, SeekOrigin.Begin);
            file.CopyTo(cut);
        }
        file.SetLength(length);
    }

    private static bool IsOfTheFile(Exception error) =>
        error is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException;
}
