using SockSort.Mqtt;
using SockSort.Mqtt.Publishing;

namespace SockSort.Connect.MqttSource.Receipts;

/// <summary>
/// Publishes retained receipts to <c>socksort/CAMERA/committed</c> for the messages that the log has: the newest receipt of each run, at
/// most ten times a second. Thread-safe.
/// </summary>
internal sealed class ReceiptTeller : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly IReceiptWay _way;
    private readonly TimeProvider _clock;
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Camera, string Run), Receipt> _untold = [];
    private readonly Dictionary<string, Receipt> _latest = [];
    private readonly SemaphoreSlim _filled = new(0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _telling;

    /// <param name="way">The channel of the receipts; disposed with this object.</param>
    public ReceiptTeller(IReceiptWay way, TimeProvider clock)
    {
        (_way, _clock) = (way, clock);
        _way.Forgotten += TellAllAgain;
        _telling = Task.Run(TellAsync);
    }

    public void Tell(IEnumerable<RunRecord> runs)
    {
        lock (_gate)
        {
            foreach (var run in runs)
                _untold[(run.Camera, run.Run)] = _latest[run.Camera] = run.Receipt;
            Wake();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _telling;
        TellNow();
        await _way.DisposeAsync();
        _stopping.Dispose();
        _filled.Dispose();
    }

    /// <summary>Called under the lock. One signal serves all receipts: more would keep the loop busy after the last one.</summary>
    private void Wake()
    {
        if (_untold.Count > 0 && _filled.CurrentCount == 0)
            _ = _filled.Release();
    }

    private async Task TellAsync()
    {
        try
        {
            while (true)
            {
                await _filled.WaitAsync(_stopping.Token);
                TellNow();
                await Task.Delay(Pause, _clock, _stopping.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The connector is being stopped.
        }
    }

    private void TellNow()
    {
        List<(string Camera, Receipt Receipt)> told;
        lock (_gate)
        {
            told = [.. _untold.Select(entry => (entry.Key.Camera, entry.Value))];
            _untold.Clear();
        }
        foreach (var (camera, receipt) in told)
            _way.Tell(CameraTopics.Committed(camera), receipt.ToBytes());
    }

    /// <summary>Sends the latest receipt of each camera again, since the broker may have lost retained messages.</summary>
    private void TellAllAgain()
    {
        lock (_gate)
        {
            foreach (var (camera, receipt) in _latest)
                _ = _untold.TryAdd((camera, receipt.Run), receipt);
            Wake();
        }
    }
}
