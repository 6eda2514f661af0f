namespace SockSort.Training.Evaluation;

/// <summary>A picture to judge a model by.</summary>
/// <param name="Name">Path or record; no two pictures of a set have the same.</param>
/// <param name="Label">The truth, as the data names it.</param>
/// <param name="Read">The encoded picture; read anew each time, from any thread.</param>
public sealed record EvaluationPicture(string Name, string Label, Func<byte[]> Read);
