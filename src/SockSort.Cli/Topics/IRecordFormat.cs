using SockSort.Log;

namespace SockSort.Cli.Topics;

/// <summary>A format of printed records.</summary>
internal interface IRecordFormat
{
    /// <summary>Writes a record with its line end.</summary>
    void Write(LogRecord record, MemoryStream into);
}
