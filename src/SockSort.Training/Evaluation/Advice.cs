namespace SockSort.Training.Evaluation;

/// <summary>What to do about a weakness that an evaluation shows.</summary>
/// <param name="Subject">The label, or what it is about.</param>
/// <param name="Finding">What was seen, with its figures.</param>
/// <param name="Action">What would help.</param>
public sealed record Advice(string Subject, string Finding, string Action);
