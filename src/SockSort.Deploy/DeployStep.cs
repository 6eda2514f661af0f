namespace SockSort.Deploy;

/// <summary>A part of the file and what has become of it.</summary>
/// <param name="Line">Where it begins in the file, from 1; 0 where the file has no lines of its own for it.</param>
/// <param name="What">Kind and name: <c>table PAIRS</c>.</param>
/// <param name="Detail">More of it: a query's id, what differs, why it was passed over; empty for nothing. Holds no secret.</param>
public sealed record DeployStep(int Line, string What, DeployOutcome Outcome, string Detail = "");
