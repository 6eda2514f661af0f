namespace SockSort.Mqtt.Broker.Keeping;

/// <summary>What a file of kept state has said.</summary>
/// <param name="State">As far as the file was whole.</param>
/// <param name="BrokenAt">Where the first entry begins that is not whole, in bytes; null = all are.</param>
/// <param name="IsCut">Only the last entry is missing a part, as after a power cut.</param>
internal sealed record StateReading(KeptState State, long? BrokenAt, bool IsCut);
