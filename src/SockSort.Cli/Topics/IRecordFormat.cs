using SockSort.Log;

namespace SockSort.Cli.Topics;

/// <summary>How a record is shown.</summary>
internal interface IRecordFormat
{
    /// <summary>Writes it with its line end.</summary>
    void Write(LogRecord record, MemoryStream into);
}
