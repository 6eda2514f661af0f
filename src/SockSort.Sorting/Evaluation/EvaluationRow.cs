namespace SockSort.Sorting.Evaluation;

/// <summary>How one method has counted scenarios of one kind.</summary>
/// <param name="Method">As it is shown.</param>
/// <param name="WrongFrames">The share of frames with a wrong label, 0 to 1.</param>
public sealed record EvaluationRow(string Method, double WrongFrames, Score Score);
