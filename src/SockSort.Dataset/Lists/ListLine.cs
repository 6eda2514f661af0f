namespace SockSort.Dataset.Lists;

/// <summary>One line of a <c>.lst</c> that names a photo.</summary>
/// <param name="Number">Line in the file, from 1.</param>
/// <param name="Id">0 .. 2^64 - 1.</param>
/// <param name="Labels">One or more; beyond float32 they are infinite.</param>
/// <param name="Path">As written, with white space around it removed.</param>
public sealed record ListLine(long Number, ulong Id, float[] Labels, string Path);

/// <summary>A line of a <c>.lst</c> that names no photo.</summary>
/// <param name="Number">Line in the file, from 1.</param>
/// <param name="Problem">What was found and what was expected.</param>
/// <param name="IsBlank">Nothing but white space: nothing is lost with it.</param>
public sealed record ListProblem(long Number, string Problem, bool IsBlank);
