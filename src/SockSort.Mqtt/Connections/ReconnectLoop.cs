
namespace SockSort.Mqtt.Connections;

/// <summary>Keeps a connection up: connects, serves it until it is lost, waits, and so on.</summary>
internal sealed class ReconnectLoop(TimeProvider clock)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    private readonly Backoff _backoff = new(FirstPause, LongestPause, clock);

    public ConnectionState State { get; private set; } = ConnectionState.Connecting;

    /// <summary>Why the last connection or attempt failed; null before a failure.</summary>
    public string? LastError { get; private set; }

    /// <summary>Connections made after the first.</summary>
    public int Reconnects { get; private set; }

    public event Action? Changed;

    /// <param name="connectAsync">Throws a <see cref="MqttException"/> where it can't.</param>
    /// <param name="serveAsync">Returns the reason why the connection has ended, or throws it.</param>
    public async Task RunAsync(
        Func<CancellationToken, Task<MqttConnection>> connectAsync,
        Func<MqttConnection, CancellationToken, Task<MqttException>> serveAsync,
        CancellationToken stopping)
    {
        var connected = 0;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await using var connection = await connectAsync(stopping);
                Reconnects = connected++;
                Become(ConnectionState.Connected, LastError);
                Failed(await serveAsync(connection, stopping));
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                break;
            }
            catch (Exception error)
            {
                Failed(error);
            }
            await _backoff.WaitAsync(stopping)
                .ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
        Become(ConnectionState.Stopped, LastError);
    }

    /// <summary>The connection has proved good: the next pause is the shortest one again.</summary>
    public void Succeeded() => _backoff.Reset();

    /// <summary>Something went wrong that leaves the connection as it is.</summary>
    public void Note(Exception error) => LastError = error.Message;

    private void Failed(Exception error) => Become(StateAfter((error as MqttException)?.Kind), error.Message);

    private static ConnectionState StateAfter(MqttErrorKind? kind) => kind switch
    {
        MqttErrorKind.WrongCredentials => ConnectionState.WrongCredentials,
        MqttErrorKind.Refused => ConnectionState.Refused,
        MqttErrorKind.TakenOver => ConnectionState.TakenOver,
        _ => ConnectionState.Disconnected,
    };

    private void Become(ConnectionState state, string? lastError)
    {
        (State, LastError) = (state, lastError);
        Changed?.Invoke();
    }
}
