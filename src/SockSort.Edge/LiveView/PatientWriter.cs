using System.Buffers;
using System.IO.Pipelines;

namespace SockSort.Edge.LiveView;

/// <summary>Sends data to a viewer piece by piece, and gives up on a viewer that takes a piece too slowly.</summary>
/// <remarks>
/// The time limit applies to a piece, not to a frame: a viewer on a slow line stays, however large the frame. It runs only while something
/// is being sent, so no viewer is cut off because the camera stands still.
/// </remarks>
/// <param name="body">Body of the response.</param>
/// <param name="patience">Time limit for one piece.</param>
/// <param name="cancel">Signals that the viewer left or the view ends.</param>
internal sealed class PatientWriter(PipeWriter body, TimeSpan patience, CancellationToken cancel) : IDisposable
{
    /// <summary>
    /// Size of a piece in bytes. It is small, so that even a slow viewer reads several within the limit; the network's buffers hold some.
    /// </summary>
    public const int PieceBytes = 8 << 10;

    private readonly CancellationTokenSource _late = new();

    /// <param name="head">Sent with the first piece of the content.</param>
    /// <param name="content">Content to send in pieces; if it is empty, the head is sent at once.</param>
    /// <param name="tail">Sent with the last piece of the content.</param>
    /// <returns>False if the viewer does not read; nothing more can be sent to it then.</returns>
    /// <exception cref="OperationCanceledException">The viewer left, or the view ends.</exception>
    public async ValueTask<bool> SendAsync(ReadOnlyMemory<byte> head, ReadOnlyMemory<byte> content, ReadOnlyMemory<byte> tail)
    {
        body.Write(head.Span);
        do
        {
            var piece = content[..Math.Min(content.Length, PieceBytes)];
            content = content[piece.Length..];
            body.Write(piece.Span);
            if (content.IsEmpty)
                body.Write(tail.Span);
            if (!await FlushAsync())
                return false;
        }
        while (!content.IsEmpty);
        return true;
    }

    public void Dispose() => _late.Dispose();

    private async ValueTask<bool> FlushAsync()
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(_late.Token, cancel);
        _late.CancelAfter(patience);
        try
        {
            _ = await body.FlushAsync(end.Token);
        }
        catch (OperationCanceledException) when (_late.IsCancellationRequested)
        {
            return false;
        }
        // Kestrel ends a connection whose flush was cancelled, may report that flush as successful, and signals that the viewer left.
        if (_late.IsCancellationRequested)
            return false;
        cancel.ThrowIfCancellationRequested();
        _late.CancelAfter(Timeout.InfiniteTimeSpan);
        return true;
    }
}
