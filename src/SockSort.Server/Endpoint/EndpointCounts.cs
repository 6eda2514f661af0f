namespace SockSort.Server.Endpoint;

/// <summary>The counters of an endpoint since its start.</summary>
/// <param name="Answered">Requests that were answered with probabilities.</param>
/// <param name="Refused">Requests that were answered with an error, including those to a busy or stopping endpoint.</param>
/// <param name="Runs">Inference runs; fewer than answers if pictures were batched.</param>
/// <param name="UnderWay">Requests that have no answer yet.</param>
public sealed record EndpointCounts(long Answered, long Refused, long Runs, int UnderWay);
