namespace SockSort.Mqtt.Publishing;

/// <summary>What tells one message from all others: by it a receiver knows one that comes twice, and confirms what it has.</summary>
/// <param name="Run">An id of the publishing program's start.</param>
/// <param name="Seq">From 1, one more with each message of the run.</param>
public readonly record struct MessageStamp(string Run, long Seq);
