using SockSort.Teaching.Choosing;

namespace SockSort.Teaching.Sessions;

/// <summary>What a page shows of a <see cref="TeachingSession"/>; one moment of it.</summary>
/// <param name="Sock">The label of the sock; null while nobody teaches.</param>
/// <param name="Advice">What to do next while it is shown; null before the first frame.</param>
/// <param name="Taken">Frames taken so far.</param>
/// <param name="Wanted">Frames to take.</param>
/// <param name="Lines">What the training has said so far, and at its end what the new model is beside the old one.</param>
/// <param name="Told">What came of the last step, for its user; null for nothing.</param>
/// <param name="IsTrouble">Whether <paramref name="Told"/> says what went wrong.</param>
public sealed record TeachingView(
    TeachingState State, string? Sock, Advice? Advice, int Taken, int Wanted, IReadOnlyList<string> Lines, string? Told, bool IsTrouble)
{
    /// <summary>Whether the sock that is shown is told already, by the frames taken so far.</summary>
    public bool IsLearnt { get; init; }
}
