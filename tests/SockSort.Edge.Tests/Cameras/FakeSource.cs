using System.Runtime.CompilerServices;
using System.Threading.Channels;
using SockSort.Edge.Cameras;
using SockSort.Edge.Cameras.Sources;

namespace SockSort.Edge.Tests.Cameras;

/// <summary>A source whose pictures come when the test says so.</summary>
/// <param name="isLive">Newest first, and opened again when it breaks off; else a file.</param>
internal sealed class FakeSource(bool isLive) : IPictureSource
{
    private readonly List<Channel<SourcePicture>> _passes = [Channel.CreateUnbounded<SourcePicture>()];

    public string Name => "fake";

    public bool IsLive { get; } = isLive;

    public bool Reopens { get; } = isLive;

    /// <summary>Pictures that were taken off the source.</summary>
    public int Taken { get; private set; }

    /// <summary>How often it was opened.</summary>
    public int Opened { get; private set; }

    public void Give(string name) => _passes[^1].Writer.TryWrite(new SourcePicture(name, Pictures.Plain(Pictures.Colours[0])));

    public void End() => _passes[^1].Writer.Complete();

    /// <summary>What is given from now on comes when it is opened again.</summary>
    public void BreakOff(CameraException error)
    {
        _passes.Add(Channel.CreateUnbounded<SourcePicture>());
        _passes[^2].Writer.Complete(error);
    }

    public async IAsyncEnumerable<SourcePicture> ReadAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var picture in _passes[Opened++].Reader.ReadAllAsync(cancel))
        {
            Taken++;
            yield return picture;
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
