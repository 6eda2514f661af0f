namespace SockSort.Server.Endpoint;

/// <summary>What the model says of one picture.</summary>
/// <param name="Probabilities">One a label.</param>
/// <param name="Unknown">How little it is like any class, 0..1; null where the model does not say it.</param>
internal sealed record ModelAnswer(float[] Probabilities, float? Unknown);
