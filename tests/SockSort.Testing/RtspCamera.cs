using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace SockSort.Testing;

/// <summary>
/// A network camera: RTSP on loopback with one user and digest authentication [RFC 2069, as most cameras], an MPEG transport stream over
/// RTP in the same TCP connection, 10 green frames a second of 64 x 36.
/// </summary>
public sealed partial class RtspCamera : IAsyncDisposable
{
    private const string Realm = "camera";
    private const string Nonce = "5d41402abc4b2a76b9719d911017c592";
    private const int Seconds = 30;
    private const int PacketBytes = 7 * 188;

    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentBag<TcpClient> _clients = [];
    private readonly byte[] _stream;
    private readonly string _user;
    private readonly string _password;
    private readonly Task _accepting;

    // Completed while it speaks.
    private volatile TaskCompletionSource _speaking = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private RtspCamera(byte[] stream, string user, string password, int port)
    {
        IsSilent = false;
        (_stream, _user, _password) = (stream, user, password);
        _listener = new TcpListener(IPAddress.Loopback, port);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Whether it holds its connections and says nothing more.</summary>
    public bool IsSilent
    {
        get => !_speaking.Task.IsCompleted;
        set
        {
            if (!value)
                _speaking.TrySetResult();
            else if (!IsSilent)
                _speaking = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>Starts it; the test is skipped where ffmpeg, which makes the stream, is absent.</summary>
    /// <param name="folder">For the stream, which is made once.</param>
    /// <param name="user">The only one that it knows.</param>
    /// <param name="password">His.</param>
    /// <param name="port">0 = a free one.</param>
    public static async Task<RtspCamera> StartAsync(TempFolder folder, string user, string password, int port = 0)
    {
        var path = folder.File("camera.ts");
        if (!File.Exists(path))
            await MakeAsync(path);
        return new RtspCamera(await File.ReadAllBytesAsync(path), user, password, port);
    }

    private static async Task MakeAsync(string path)
    {
        using var ffmpeg = Process.Start(Programs.Find("ffmpeg"),
        [
            "-nostdin", "-loglevel", "error", "-y", "-f", "lavfi", "-i", $"color=c=green:s=64x36:r=10:d={Seconds}", "-c:v", "mpeg2video",
            "-g", "1", "-f", "mpegts", path,
        ]);
        await ffmpeg.WaitForExitAsync();
        Assert.Equal(0, ffmpeg.ExitCode);
    }

    /// <summary>Cuts every connection; new ones are accepted.</summary>
    public void HangUp()
    {
        foreach (var client in _clients)
            client.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Dispose();
        HangUp();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            var client = await _listener.AcceptTcpClientAsync(_stopping.Token);
            _clients.Add(client);
            _ = ServeAsync(client);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var reader = new StreamReader(client.GetStream(), Encoding.Latin1);
        while (await RequestAsync(reader) is { Count: > 0 } lines)
        {
            var words = lines[0].Split(' ');
            if (words[0].StartsWith('$'))
                continue;
            var headers = lines.Skip(1)
                .Select(line => line.Split(": ", 2))
                .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);
            var answer = IsKnown(words[0], headers)
                ? AnswerTo(words[0])
                : $"401 Unauthorized\r\nWWW-Authenticate: Digest realm=\"{Realm}\", nonce=\"{Nonce}\"\r\n";
            var text = $"RTSP/1.0 {answer.Insert(answer.IndexOf("\r\n", StringComparison.Ordinal) + 2, $"CSeq: {headers["CSeq"]}\r\n")}";
            await client.GetStream()
                .WriteAsync(Encoding.Latin1.GetBytes(text.Contains("\r\n\r\n", StringComparison.Ordinal) ? text : text + "\r\n"));
            if (words[0] == "PLAY" && !answer.StartsWith('4'))
                _ = PlayAsync(client);
        }
    }

    private static async Task<List<string>> RequestAsync(StreamReader reader)
    {
        var lines = new List<string>();
        while (await reader.ReadLineAsync() is { Length: > 0 } line)
            lines.Add(line);
        return lines;
    }

    private bool IsKnown(string method, Dictionary<string, string> headers)
    {
        if (method == "OPTIONS")
            return true;
        var said = Fields()
            .Matches(headers.GetValueOrDefault("Authorization", ""))
            .ToDictionary(field => field.Groups[1].Value, field => field.Groups[2].Value);
        return said.TryGetValue("uri", out var uri)
            && said["username"] == _user
            && said["response"] == Md5($"{Md5($"{_user}:{Realm}:{_password}")}:{Nonce}:{Md5($"{method}:{uri}")}");
    }

    private static string AnswerTo(string method)
    {
        const string Description = "v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=socks\r\nt=0 0\r\nm=video 0 RTP/AVP 33\r\na=control:track1\r\n";
        return method switch
        {
            "DESCRIBE" => $"200 OK\r\nContent-Type: application/sdp\r\nContent-Length: {Description.Length}\r\n\r\n{Description}",
            "SETUP" => "200 OK\r\nSession: 1\r\nTransport: RTP/AVP/TCP;unicast;interleaved=0-1\r\n",
            _ => "200 OK\r\nSession: 1\r\nPublic: OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN\r\n",
        };
    }

    /// <summary>[RFC 2326, 10.12]: '$', channel, length, then an RTP packet [RFC 3550, 5.1] of type 33, in the stream's own time.</summary>
    private async Task PlayAsync(TcpClient client)
    {
        var clock = Stopwatch.StartNew();
        for (int at = 0, number = 0; at + PacketBytes <= _stream.Length; at += PacketBytes, number++)
        {
            var due = TimeSpan.FromSeconds((double)Seconds * at / _stream.Length);
            if (due > clock.Elapsed)
                await Task.Delay(due - clock.Elapsed, _stopping.Token);
            var packet = new byte[16 + PacketBytes];
            (packet[0], packet[4], packet[5]) = ((byte)'$', 0x80, 33);
            BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), 12 + PacketBytes);
            BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(6), (ushort)number);
            BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(8), (uint)(due.TotalSeconds * 90_000));
            _stream.AsSpan(at, PacketBytes).CopyTo(packet.AsSpan(16));
            await _speaking.Task.WaitAsync(_stopping.Token);
            await client.GetStream().WriteAsync(packet, _stopping.Token);
        }
    }

    private static string Md5(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));

    [GeneratedRegex("(\\w+)=\"([^\"]*)\"")]
    private static partial Regex Fields();
}
