using SockSort.Edge.Recognition;
using SockSort.Imaging;
using SockSort.Teaching.Sessions;

namespace SockSort.Cli.Run;

/// <summary>Socks that are shown are told by the model that the cameras share.</summary>
internal sealed class RunLearner(SharedModel model) : ILearner
{
    public Task PrepareAsync() => model.PrepareToLearnAsync(CancellationToken.None);

    public Task<bool> LearnAsync(string label, IReadOnlyList<Frame> frames) => model.LearnAsync(label, frames, CancellationToken.None);

    public Task ForgetAsync(string label) => model.ForgetAsync(label, CancellationToken.None);
}
