using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SockSort.Mqtt.Tests;

/// <summary>A server of some other kind than a broker.</summary>
internal sealed class StrangeServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly StringBuilder _heard = new();
    private readonly Task _accepting;

    private StrangeServer(string? says, bool waitsForLine)
    {
        _listener.Start();
        Endpoint = MqttEndpoint.Parse($"mqtt://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _accepting = AcceptAsync(says, waitsForLine);
    }

    public MqttEndpoint Endpoint { get; }

    public string Heard
    {
        get
        {
            lock (_heard)
                return _heard.ToString();
        }
    }

    /// <param name="says">When it is spoken to, and closes then; empty says nothing and stays; null closes.</param>
    /// <param name="waitsForLine">Says it only after the end of a line.</param>
    public static StrangeServer Start(string? says, bool waitsForLine) => new(says, waitsForLine);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _listener.Dispose();
        _stopping.Dispose();
    }

    private async Task AcceptAsync(string? says, bool waitsForLine)
    {
        while (true)
            _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stopping.Token), says, waitsForLine);
    }

    private async Task ServeAsync(TcpClient client, string? says, bool waitsForLine)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                var bytes = new byte[1024];
                string heard;
                do
                {
                    heard = Encoding.Latin1.GetString(bytes, 0, await stream.ReadAsync(bytes, _stopping.Token));
                    lock (_heard)
                        _heard.Append(heard);
                }
                while (heard.Length > 0 && (says == "" || (waitsForLine && !heard.Contains('\n'))));
                if (says is { Length: > 0 })
                    await stream.WriteAsync(Encoding.ASCII.GetBytes(says), _stopping.Token);
            }
            catch (Exception error) when (error is IOException or OperationCanceledException)
            {
                // The client, or the test, has ended it.
            }
        }
    }
}
