using System.Threading.Channels;
using SockSort.Mqtt.Connections;
using SockSort.Mqtt.Receiving;

namespace SockSort.Mqtt.Subscribing;

/// <summary>One connection's messages, on their way from its reader to the handler, and their acknowledgements.</summary>
internal sealed class Delivery(MessageHandler handler, LeftMessages left)
{
    private const int MaxBatch = 500;
    private const long MaxBatchBytes = 8 << 20;

    // The room for pending messages is its bound.
    private readonly Channel<MqttMessage> _queue = Channel.CreateUnbounded<MqttMessage>(
        new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });

    private List<MqttMessage> _batch = [];

    /// <summary>Takes the reader's next message.</summary>
    public void Take(MqttMessage message) => _ = _queue.Writer.TryWrite(message);

    /// <summary>Hands on and acknowledges until the connection has ended.</summary>
    /// <param name="succeeded">Called after each acknowledgement.</param>
    /// <param name="stopping">Ends it after the batch at hand.</param>
    /// <param name="abandon">Ends it in the middle of that.</param>
    /// <returns>Why the connection has ended.</returns>
    public async Task<MqttException> RunAsync(
        MqttConnection connection, ReceivingAdapter adapter, Action succeeded, CancellationToken stopping, CancellationToken abandon)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var watching = CancelWhenLostAsync(connection, ending);
        try
        {
            await left.HandleAsync(ending.Token, abandon);
            while (await _queue.Reader.WaitToReadAsync(ending.Token))
            {
                await handler.HandleAsync(ReadBatch(), ending.Token, abandon);
                var handled = _batch;
                _batch = [];
                await adapter.AcknowledgeAsync(handled, abandon);
                succeeded();
            }
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested && !stopping.IsCancellationRequested)
        {
            // The connection is lost.
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // An acknowledgement could not be written: the same.
            await connection.DisposeAsync();
        }
        finally
        {
            await ending.CancelAsync();
            await watching;
        }
        return await connection.Lost;
    }

    /// <summary>Once the connection is closed: what it has brought and was not handled goes to the messages that are left.</summary>
    public void End()
    {
        left.Add(_batch);
        _batch = [];
        while (_queue.Reader.TryRead(out var message))
            left.Add([message]);
    }

    private List<MqttMessage> ReadBatch()
    {
        long bytes = 0;
        while (_batch.Count < MaxBatch && bytes < MaxBatchBytes && _queue.Reader.TryRead(out var message))
        {
            _batch.Add(message);
            bytes += message.Payload.Length;
        }
        return _batch;
    }

    private static async Task CancelWhenLostAsync(MqttConnection connection, CancellationTokenSource ending)
    {
        try
        {
            _ = await connection.Lost.WaitAsync(ending.Token);
            await ending.CancelAsync();
        }
        catch (OperationCanceledException)
        {
            // It has ended for another reason.
        }
    }
}
