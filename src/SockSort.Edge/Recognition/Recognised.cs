using SockSort.Models.Inference;

namespace SockSort.Edge.Recognition;

/// <summary>What a frame shows.</summary>
/// <param name="Said">The label with its probability, and the next probable one.</param>
/// <param name="IsUnknown">Whether it is to be told as none of the taught socks.</param>
/// <param name="IsLearnt">Whether the label is of a sock that was just learnt, which the model does not know yet.</param>
internal readonly record struct Recognised(Classification Said, bool IsUnknown, bool IsLearnt);
