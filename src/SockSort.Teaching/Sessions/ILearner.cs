using SockSort.Imaging;

namespace SockSort.Teaching.Sessions;

/// <summary>
/// Tells a sock at once, by a few frames of it, until a model has learnt it; what a session needs of what recognises, which lies in a later
/// room.
/// </summary>
public interface ILearner
{
    /// <summary>A sock is about to be shown: what takes long is done before its frames are there.</summary>
    /// <exception cref="Shared.ExpectedException">The model cannot be run.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    Task PrepareAsync(CancellationToken cancel);

    /// <summary>Tells the sock from now on. A label that the model knows changes nothing.</summary>
    /// <param name="frames">All that are to count, also those of an earlier call; at least one. They must not change any more.</param>
    /// <returns>Whether it is told: not where it is too much like a sock that is known.</returns>
    /// <exception cref="Shared.ExpectedException">The model cannot be run.</exception>
    Task<bool> LearnAsync(string label, IReadOnlyList<Frame> frames, CancellationToken cancel);

    /// <summary>Tells the sock no more.</summary>
    Task ForgetAsync(string label, CancellationToken cancel);
}
