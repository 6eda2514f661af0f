using SockSort.Edge.Recognition;
using SockSort.Imaging;
using SockSort.Teaching.Sessions;

namespace SockSort.Cli.Parts;

/// <summary>Socks that are shown are told by the model that the cameras share.</summary>
internal sealed class SharedLearner(SharedModel model) : ILearner
{
    public Task PrepareAsync(CancellationToken cancel) => model.PrepareToLearnAsync(cancel);

    public Task<bool> LearnAsync(string label, IReadOnlyList<Frame> frames, CancellationToken cancel) =>
        model.LearnAsync(label, frames, cancel);

    public Task ForgetAsync(string label, CancellationToken cancel) => model.ForgetAsync(label, cancel);
}
