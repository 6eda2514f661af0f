using System.Buffers.Binary;
using System.Text;
using SockSort.Connect.Classes;
using SockSort.Log;

namespace SockSort.Connect.FileSink;

/// <summary>
/// Appends lines to a file. Its state is the file's length and path: what a run that was killed has written behind that length is cut off,
/// since it comes again. So each record is in the file once.
/// </summary>
internal sealed class FileSinkTask : ISinkTask
{
    private readonly string _connector;
    private readonly FileStream _file;

    private FileSinkTask(string connector, FileStream file) => (_connector, _file) = (connector, file);

    /// <param name="path">Absolute; folders and file are made where they lack.</param>
    /// <param name="state">Of an earlier start. Where there is none, or one of another file, lines are appended to what is there.</param>
    /// <exception cref="ConnectException">The file can't be written.</exception>
    public static FileSinkTask Open(string connector, string path, byte[]? state)
    {
        try
        {
            _ = Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read);
            if (LengthIn(state, path) is { } length && length < file.Length)
                file.SetLength(length);
            _ = file.Seek(0, SeekOrigin.End);
            return new FileSinkTask(connector, file);
        }
        catch (Exception error) when (IsOfTheFile(error))
        {
            throw FileSinkErrors.NotWritten(connector, path, error);
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
            throw FileSinkErrors.NotWritten(_connector, _file.Name, error);
        }
    }

    public Task<byte[]?> FlushAsync(CancellationToken cancellationToken)
    {
        try
        {
            _file.Flush(flushToDisk: true);
        }
        catch (Exception error) when (IsOfTheFile(error))
        {
            throw FileSinkErrors.NotWritten(_connector, _file.Name, error);
        }
        return Task.FromResult<byte[]?>(State(_file.Length, _file.Name));
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
    }

    private static byte[] State(long length, string path)
    {
        var state = new byte[sizeof(long) + Encoding.UTF8.GetByteCount(path)];
        BinaryPrimitives.WriteInt64LittleEndian(state, length);
        _ = Encoding.UTF8.GetBytes(path, state.AsSpan(sizeof(long)));
        return state;
    }

    /// <summary>Null where the state is of no file, or of another one.</summary>
    private static long? LengthIn(byte[]? state, string path)
    {
        var isOfFile = state is { Length: > sizeof(long) } && Encoding.UTF8.GetString(state.AsSpan(sizeof(long))) == path;
        return isOfFile ? BinaryPrimitives.ReadInt64LittleEndian(state) : null;
    }

    private static bool IsOfTheFile(Exception error) =>
        error is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException;
}
