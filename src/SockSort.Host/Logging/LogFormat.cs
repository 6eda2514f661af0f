namespace SockSort.Host.Logging;

/// <summary>How a log line is written.</summary>
public enum LogFormat
{
    /// <summary>For people: time, level, where from, event id and text.</summary>
    Text,

    /// <summary>For programs: one JSON object a line, with every field of the event.</summary>
    Json,
}
