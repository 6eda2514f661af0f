using SockSort.Connect.Classes;
using SockSort.Log;

namespace SockSort.Connect.FileSink;

/// <summary>
/// Appends lines to a file. Its state is the length of the file. After a crash, lines behind the committed length are moved aside because
/// their records are delivered again, so each record is in the file once.
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

    /// <param name="connector">The connector's name.</param>
    /// <param name="folder">The folder of all sinks; it is created where it is missing, as is the file.</param>
    /// <param name="path">The path of the file, relative to <paramref name="folder"/>.</param>
    /// <param name="claim">The claim that no other sink writes the file; released with the task.</param>
    /// <param name="state">The committed state. Where it is null, or of another file, lines are appended to the existing ones.</param>
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
            // The disk may be full: records that could not be written are delivered again.
        }
        finally
        {
            _claim.Dispose();
        }
    }

    /// <summary>
    /// Moves everything behind a length to another file. Most of these lines are written again, but some may be of another program, and
    /// must not be lost.
    /// </summary>
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
