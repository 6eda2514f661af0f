using System.Runtime.CompilerServices;
using System.Threading.Channels;
using SockSort.Edge.Cameras.Sources;

namespace SockSort.Edge.Tests.Cameras;

/// <summary>A source whose pictures come when the test says so.</summary>
internal sealed class FakeSource(bool isLive) : IPictureSource
{
    private readonly Channel<SourcePicture> _pictures = Channel.CreateUnbounded<SourcePicture>();

    public string Name => "fake";

    public bool IsLive { get; } = isLive;

    /// <summary>Pictures that were taken off the source.</summary>
    public int Taken { get; private set; }

    public void Give(string name) => _pictures.Writer.TryWrite(new SourcePicture(name, Pictures.Plain(Pictures.Colours[0])));

    public void End() => _pictures.Writer.Complete();

    public async IAsyncEnumerable<SourcePicture> ReadAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var picture in _pictures.Reader.ReadAllAsync(cancel))
        {
            Taken++;
            yield return picture;
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
