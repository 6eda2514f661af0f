using System.Threading.Channels;
using SockSort.Models.Inference;

namespace SockSort.Server.Endpoint;

/// <summary>
/// Batches the pictures of several requests into one inference run. No picture waits for others: whatever arrives during one run forms
/// the next batch.
/// </summary>
internal sealed class RequestBatcher : IAsyncDisposable
{
    private readonly Channel<WaitingPicture> _waiting;
    private readonly ClassifierBatch _batch;
    private readonly Task _work;
    private long _runs;

    /// <param name="model">Owned by the caller; dispose it after this.</param>
    /// <param name="options">The limits.</param>
    public RequestBatcher(ClassifierModel model, EndpointOptions options)
    {
        _waiting = Channel.CreateBounded<WaitingPicture>(new BoundedChannelOptions(options.MostWaiting) { SingleReader = true });
        _batch = model.CreateBatch(options.MostTogether);
        _work = Task.Run(WorkAsync);
    }

    /// <summary>The number of inference runs so far.</summary>
    public long Runs => Interlocked.Read(ref _runs);

    /// <summary>Queues a picture and returns what the model says of it.</summary>
    /// <param name="image">The preprocessed picture, <c>[3, S, S]</c>; it must stay unchanged until the task completes.</param>
    /// <returns>Null if the queue is full.</returns>
    public Task<ModelAnswer>? TryClassify(ReadOnlyMemory<float> image)
    {
        var picture = new WaitingPicture(image);
        return _waiting.Writer.TryWrite(picture) ? picture.Answer.Task : null;
    }

    /// <summary>Completes the queued pictures, then ends.</summary>
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
                picture.Answer.SetResult(new ModelAnswer(_batch.Probabilities(index).ToArray(), _batch.Unknown(index)));
        }
        catch (Exception error)
        {
            // Each request of the batch fails; the next batch may succeed.
            foreach (var picture in together)
                picture.Answer.TrySetException(error);
        }
    }

    private sealed record WaitingPicture(ReadOnlyMemory<float> Image)
    {
        // The answer must be written on the request's own thread, not on the one that runs the model.
        public TaskCompletionSource<ModelAnswer> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
