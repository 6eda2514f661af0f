namespace SockSort.Mqtt.Publishing;

/// <summary>Identifies a message, so that a receiver recognises duplicates and confirms what it has.</summary>
/// <param name="Run">The id of one start of the publishing program.</param>
/// <param name="Seq">The sequence number of the message in its run, counting from 1.</param>
public readonly record struct MessageStamp(string Run, long Seq);
