namespace SockSort.Host.Logging;

/// <summary>The format of a log line.</summary>
public enum LogFormat
{
    /// <summary>For people: time, level, category, event id and text.</summary>
    Text,

    /// <summary>For programs: one JSON object a line, with every field of the event.</summary>
    Json,
}
