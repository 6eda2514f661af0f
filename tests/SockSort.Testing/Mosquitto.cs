using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;

namespace SockSort.Testing;

/// <summary>A Mosquitto broker of the test's own: loopback, one user, everything kept on disk and no bound on queues.</summary>
public sealed class Mosquitto : IAsyncDisposable
{
    public const string User = "sock";
    public const string Password = "tester";

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();
    private bool _isDisposed;

    private Mosquitto(Process process, int port)
    {
        (_process, Port) = (process, port);
        process.ErrorDataReceived += (_, line) => _lines.Enqueue(line.Data ?? "");
        process.BeginErrorReadLine();
    }

    public int Port { get; }

    public string Uri => $"mqtt://127.0.0.1:{Port}";

    /// <summary>Starts it with its files in the folder; the test is skipped where Mosquitto is absent.</summary>
    /// <param name="folder">Takes its files.</param>
    /// <param name="port">Null for a free one.</param>
    /// <param name="certificate">It speaks TLS with this one; null for plain TCP.</param>
    /// <param name="settings">More lines of its configuration; the last one of a name counts.</param>
    public static async Task<Mosquitto> StartAsync(
        TempFolder folder, int? port = null, SelfSignedCertificate? certificate = null, string settings = "")
    {
        var chosen = port ?? FreePort.Next();
        var passwords = folder.File("mosquitto.passwords");
        await RunAsync("mosquitto_passwd", "-c", "-b", passwords, User, Password);
        var configuration = folder.Write("mosquitto.conf", $"""
            listener {chosen} 127.0.0.1
            {(certificate is null ? "" : $"certfile {certificate.File}\nkeyfile {certificate.KeyFile}")}
            allow_anonymous false
            password_file {passwords}
            persistence true
            persistence_location {folder.Path}/
            max_queued_messages 0
            user {Environment.UserName}
            log_type all
            {settings}

            """);
        var process = Process.Start(
            new ProcessStartInfo(Programs.Find("mosquitto"), ["-c", configuration]) { RedirectStandardError = true })!;
        var mosquitto = new Mosquitto(process, chosen);
        await Eventually.TrueAsync(() => Listens(chosen) || process.HasExited, "mosquitto listens");
        Assert.False(process.HasExited, $"mosquitto ended: {string.Join('\n', mosquitto._lines)}");
        return mosquitto;
    }

    /// <summary>Whether a client's latest connection has subscribed.</summary>
    public bool HasSubscribed(string clientId)
    {
        var lines = _lines.ToList();
        var connected = lines.FindLastIndex(line => line.Contains($" as {clientId} ", StringComparison.Ordinal));
        return connected >= 0
            && lines.FindLastIndex(line => line.EndsWith($"Sending SUBACK to {clientId}", StringComparison.Ordinal)) > connected;
    }

    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Programs.Find(program), arguments) { RedirectStandardError = true })!;
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }

    private static bool Listens(int port)
    {
        try
        {
            using var client = new TcpClient("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
