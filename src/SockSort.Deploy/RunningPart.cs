namespace SockSort.Deploy;

/// <summary>Something that the other side runs for the file: a query or a connector.</summary>
/// <param name="State">As the other side tells it: <c>RUNNING</c>, <c>ERROR</c>, <c>FAILED</c>.</param>
/// <param name="Detail">What is wrong with it; empty for nothing.</param>
public sealed record RunningPart(string Name, string State, string Detail = "")
{
    /// <summary>Whether somebody must act.</summary>
    public bool HasFailed { get; init; } = State is "ERROR" or "FAILED" or "UNRESPONSIVE";
}
