namespace SockSort.Server.Endpoint;

/// <summary>What an endpoint has done since it started.</summary>
/// <param name="Answered">Pictures that were answered with probabilities.</param>
/// <param name="Refused">Requests that were answered with an error, also those that found it busy or stopping.</param>
/// <param name="Runs">Runs of the model; fewer than answers where pictures went through together.</param>
/// <param name="UnderWay">Requests that have no answer yet.</param>
public sealed record EndpointCounts(long Answered, long Refused, long Runs, int UnderWay);
