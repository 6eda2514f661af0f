using System.Buffers;
using System.IO.Pipelines;

namespace SockSort.Edge.LiveView;

/// <summary>Sends to a viewer piece by piece, as he takes them, and gives up one who takes a piece too slowly.</summary>
/// <remarks>
/// The time is that of a piece and not of a picture: a viewer on a thin line stays, however large the picture. It runs only while something
/// is to be sent, so a camera that stands still costs nobody his place.
/// </remarks>
/// <param name="body">Of the answer.</param>
/// <param name="patience">For one piece.</param>
/// <param name="cancel">The viewer left, or the view ends.</param>
internal sealed class PatientWriter(PipeWriter body, TimeSpan patience, CancellationToken cancel) : IDisposable
{
    /// <summary>Small, so that even a slow viewer takes several within the time; a line's own buffers hold some.</summary>
    public const int PieceBytes = 8 << 10;

    private readonly CancellationTokenSource _late = new();

    /// <param name="head">Goes with the content's first piece.</param>
    /// <param name="content">Empty to send the head at once.</param>
    /// <param name="tail">Goes with the content's last piece.</param>
    /// <returns>False where the viewer does not read: nothing more can be sent to him.</returns>
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
        // Kestrel ends a connection whose flush was cancelled, may tell of it as of one that went well, and says that the viewer left.
        if (_late.IsCancellationRequested)
            return false;
        cancel.ThrowIfCancellationRequested();
        _late.CancelAfter(Timeout.InfiniteTimeSpan);
        return true;
    }
}
