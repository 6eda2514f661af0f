using System.Threading.Channels;
using SockSort.Models.Inference;

namespace SockSort.Server.Endpoint;

/// <summary>
/// Puts pictures of several requests through the model together. Nothing waits for company: whatever has come while one run was
/// under way goes into the next.
/// </summary>
internal sealed class RequestBatcher : IAsyncDisposable
{
    private readonly Channel<WaitingPicture> _waiting;
    private readonly ClassifierBatch _batch;
    private readonly Task _work;
    private long _runs;

    /// <param name="model">Stays open; dispose after this.</param>
    /// <param name="options">Bounds.</param>
    public RequestBatcher(ClassifierModel model, EndpointOptions options)
    {
        _waiting = Channel.CreateBounded<WaitingPicture>(new BoundedChannelOptions(options.MostWaiting) { SingleReader = true });
        _batch = model.CreateBatch(options.MostTogether);
        _work = Task.Run(WorkAsync);
    }

    /// <summary>Runs of the model so far.</summary>
    public long Runs => Interlocked.Read(ref _runs);

    /// <summary>The probabilities of a picture.</summary>
    /// <param name="image"><c>[3, S, S]</c> as the preprocessing gives it; read until the task ends.</param>
    /// <returns>Null where as many wait as may.</returns>
    public Task<float[]>? TryClassify(ReadOnlyMemory<float> image)
    {
        var picture = new WaitingPicture(image);
        return _waiting.Writer.TryWrite(picture) ? picture.Answer.Task : null;
    }

    /// <summary>Answers what waits, then ends.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.Complete();
        await _work;
        _batch.Dispose();
    }

    private async Task WorkAsync()
    {
        var together = new List<WaitingPicture>(_batch.Size);
        while (await _waiting.Reader.WaitToReadAsync())
        {
            together.Clear();
            while (together.Count < _batch.Size && _waiting.Reader.TryRead(out var picture))
                together.Add(picture);
            if (together.Count > 0)
                Run(together);
        }
    }

    private void Run(List<WaitingPicture> together)
    {
        try
        {
            foreach (var (index, picture) in together.Index())
                picture.Image.Span.CopyTo(_batch.Image(index));
            _batch.Run(together.Count);
            Interlocked.Increment(ref _runs);
            foreach (var (index, picture) in together.Index())
                picture.Answer.SetResult(_batch.Probabilities(index).ToArray());
        }
        catch (Exception error)
        {
            // The requests answer for it; the next ones may fare better.
            foreach (var picture in together)
                picture.Answer.TrySetException(error);
        }
    }

    private sealed record WaitingPicture(ReadOnlyMemory<float> Image)
    {
        // The answer is written by the request's own thread, not by the one that runs the model.
        public TaskCompletionSource<float[]> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
