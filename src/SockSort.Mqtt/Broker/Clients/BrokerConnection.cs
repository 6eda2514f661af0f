using System.Net;
using System.Text;
using SockSort.Mqtt.Broker.Sessions;
using SockSort.Mqtt.Broker.Wire;

namespace SockSort.Mqtt.Broker.Clients;

/// <summary>
/// One client, from its CONNECT to its end. Holds each acknowledgement back until the message is stored, and closes the
/// connection without it where the store fails, so that the publisher sends the message again.
/// </summary>
/// <remarks>
/// Messages are taken in while earlier ones are still being stored: publishers pipeline, up to
/// <see cref="BrokerOptions.MaxUnstoredMessages"/>. What a client does wrong ends its own connection and nothing else.
/// </remarks>
/// <param name="comeIn">Called when the client is let in.</param>
internal sealed class BrokerConnection(Stream stream, EndPoint? remote, BrokerParts parts, Action comeIn) : ISessionHolder
{
    /// <summary>CONNECT's fields have 64 KiB each at most; nobody needs more to say who they are.</summary>
    private const int MostConnectBytes = 256 * 1024;

    private const int SendBytes = 64 * 1024;
    private const int MostTextChars = 1000;

    // [MQTT-3.1.2-22] (5), [MQTT-3.1.2-24] (3.1.1).
    private const double KeepAliveFactor = 1.5;

    private static readonly TimeSpan TimeToSayGoodbye = TimeSpan.FromSeconds(1);

    private readonly PacketReader _reader = new(stream);
    private readonly Signal _toSend = new();
    private readonly CancellationTokenSource _ending = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Farewell? _farewell;

    private ConnectPacket _connect = null!;
    private BrokerSession _session = null!;
    private PacketWriter _writer = new(ConnectPacket.Version311);
    private Answers _answers = null!;
    private BrokerWill? _will;
    private uint _expirySeconds;
    private long _waitsSince = long.MaxValue;
    private bool _hasSentOnce;

    /// <summary>Completes when its session is free for another connection.</summary>
    public Task Ended => _ended.Task;

    private BrokerOptions Options => parts.Options;

    /// <summary>Serves the client until it goes, is thrown out, or the broker ends.</summary>
    /// <param name="limit">Cancelled when the client has had its time to say who it is.</param>
    public async Task ServeAsync(CancellationToken limit)
    {
        try
        {
            if (await EnterAsync(limit))
                await RunAsync();
        }
        catch (Exception error) when (IsOfTheConnection(error))
        {
            // The client has gone, or has not said in time who it is.
        }
        finally
        {
            _ending.Cancel();
            _ = _ended.TrySetResult();
        }
    }

    /// <summary>Ends it, soon: what is ready is sent before, and MQTT 5 is told why.</summary>
    public void Close(byte reason, string? text)
    {
        if (Interlocked.CompareExchange(ref _farewell, new Farewell(reason, text), null) is not null)
            return;
        _toSend.Set();
        // Cancels a send that the client does not take.
        _ending.CancelAfter(TimeToSayGoodbye);
    }

    /// <summary>
    /// Closes it where the client has been silent for too long. A client that is not read, as its messages are being stored, is
    /// not.
    /// </summary>
    public void CheckKeepAlive(long now)
    {
        var since = Interlocked.Read(ref _waitsSince);
        if (since > now || _connect.KeepAliveSeconds == 0)
            return;
        var silence = Options.Time.GetElapsedTime(since, now).TotalSeconds;
        if (silence > _connect.KeepAliveSeconds * KeepAliveFactor)
            Close(ReasonCode.KeepAliveTimeout, $"nothing was heard for {_connect.KeepAliveSeconds * KeepAliveFactor:0.#} s");
    }

    /// <summary>Called when the client's session has something to send.</summary>
    public void MoreToSend() => _toSend.Set();

    private static bool IsOfTheConnection(Exception error) =>
        error is IOException or System.Net.Sockets.SocketException or ObjectDisposedException or OperationCanceledException;

    /// <summary>Takes CONNECT and answers it.</summary>
    private async Task<bool> EnterAsync(CancellationToken limit)
    {
        var version = ConnectPacket.Version311;
        try
        {
            if (await _reader.ReadAsync(Math.Min(Options.MaxPacketBytes, MostConnectBytes), limit) is not { } packet)
                return false;
            if (ConnectParser.VersionOf(packet) is { } said)
                _writer = new PacketWriter(version = said);
            _connect = ConnectParser.Parse(packet);
        }
        catch (PacketViolation violation)
        {
            await RefuseAsync(violation.Rule, version);
            return false;
        }
        if (_connect.Will is { } will && TopicSyntax.IsOfTheBroker(will.Topic))
            return await RefuseAsync(ReasonCode.NotAuthorized, "a will below $SYS, which is the broker's own", counted: true);
        var password = _connect.Password is null ? null : Encoding.UTF8.GetString(_connect.Password);
        if (!await parts.Logins.AdmitsAsync(_connect.User, password, remote, _ending.Token))
        {
            _ = Interlocked.Increment(ref parts.Tally.RefusedConnections);
            return await RefuseAsync(ReasonCode.BadUserOrPassword, "wrong user or password", counted: false);
        }
        if (_connect.Will is { } last && !Options.CheckOf(_connect.User, _connect.ClientId).MayWrite(last.Topic))
            return await RefuseAsync(ReasonCode.NotAuthorized, "a will to a topic that the user may not write", counted: true);
        await WelcomeAsync();
        return true;
    }

    private async Task RefuseAsync(PacketRule rule, int version)
    {
        parts.Tally.Refuse(rule, version);
        // [MQTT-3.1.0-1], [MQTT-3.1.2-1]: who does not speak MQTT is not answered; 3.1.1 has answers for two cases only.
        var isAnswered = rule != PacketRule.FirstNotConnect && rule != PacketRule.ProtocolName
            && (version == ConnectPacket.Version5 || rule == PacketRule.ProtocolLevel || rule == PacketRule.EmptyClientId);
        if (isAnswered)
            _ = await RefuseAsync(rule.Reason, rule.For(version), counted: false);
    }

    private async Task<bool> RefuseAsync(byte code, string reason, bool counted)
    {
        if (counted)
            parts.Tally.Refuse(reason);
        _writer.ConnectAck(sessionPresent: false, code, welcome: null, reason);
        await SendAsync();
        return false;
    }

    private async Task WelcomeAsync()
    {
        var isNamed = _connect.ClientId.Length > 0;
        var clientId = isNamed ? _connect.ClientId : BrokerParts.AssignClientId();
        _answers = new Answers(Options.MaxUnstoredMessages, _toSend.Set);
        (_session, var isPresent) = await parts.Sessions.OpenAsync(clientId, _connect, this);
        (_will, _expirySeconds) = (_connect.Will, _connect.SessionExpirySeconds);
        comeIn();
        var receiveMaximum = Math.Min(Options.MaxUnstoredMessages, ushort.MaxValue);
        var welcome = new BrokerWelcome(receiveMaximum, Options.MaxPacketBytes, Options.MaxTopicAlias, isNamed ? null : clientId);
        _writer.ConnectAck(isPresent, ReasonCode.Success, welcome);
        _session.Attach(this, Math.Min(_connect.ReceiveMaximum, Options.MaxInFlightMessages));
        parts.Router.Shared.TakeOver(_session.Subscriptions.Select(subscription => subscription.Filter));
    }

    private async Task RunAsync()
    {
        var sending = SendAllAsync();
        try
        {
            await ReceiveAllAsync();
        }
        catch (PacketViolation violation)
        {
            parts.Tally.Refuse(violation.Rule, _connect.Version);
            Close(violation.Rule.Reason, violation.Rule.For(_connect.Version));
        }
        finally
        {
            // Without a reason of ours it was the client who has gone.
            Close(ReasonCode.Success, null);
            parts.Sessions.Close(_session, _will, _expirySeconds);
            _ = _ended.TrySetResult();
            await sending;
        }
    }

    private async Task ReceiveAllAsync()
    {
        var share = new UnstoredShare(parts.Unstored);
        var handler = new PacketHandler(_session, _answers, share, parts);
        try
        {
            await ReceiveAllAsync(handler, share);
        }
        finally
        {
            // What came before a packet that is wrong counts.
            handler.HandOver();
        }
    }

    /// <summary>Messages are handed over when no more packets are there, or before anything is waited for.</summary>
    private async Task ReceiveAllAsync(PacketHandler handler, UnstoredShare share)
    {
        var parser = new PacketParser(_connect.Version, Options.MaxTopicAlias);
        var rate = Options.MaxMessagesPerSecond > 0 ? new RateLimit(Options.MaxMessagesPerSecond, Options.Time) : null;
        while (true)
        {
            if (!_answers.TryTakeRoom())
            {
                handler.HandOver();
                await _answers.RoomAsync(_ending.Token);
            }
            if (!_reader.TryRead(Options.MaxPacketBytes, out var packet))
            {
                handler.HandOver();
                await share.RoomAsync(_ending.Token);
                if (await WaitForPacketAsync() is not { } waited)
                    return;
                packet = waited;
            }
            if (_farewell is not null)
                return;
            var parsed = parser.Parse(packet);
            if (parsed is DisconnectPacket goodbye)
            {
                Leave(goodbye);
                return;
            }
            handler.Handle(parsed);
            if (parsed is PublishPacket && rate?.Take() is { Ticks: > 0 } wait)
            {
                handler.HandOver();
                await SlowDownAsync(wait);
            }
        }
    }

    private async ValueTask<RawPacket?> WaitForPacketAsync()
    {
        Interlocked.Exchange(ref _waitsSince, Options.Time.GetTimestamp());
        var packet = await _reader.ReadAsync(Options.MaxPacketBytes, _ending.Token);
        Interlocked.Exchange(ref _waitsSince, long.MaxValue);
        return packet;
    }

    /// <summary>Does not read the client for a while: it waits, and loses nothing.</summary>
    private Task SlowDownAsync(TimeSpan wait)
    {
        _ = Interlocked.Increment(ref parts.Tally.SlowedMessages);
        return Task.Delay(wait, Options.Time, _ending.Token);
    }

    private void Leave(DisconnectPacket goodbye)
    {
        if (goodbye.SessionExpirySeconds is > 0 && _connect.SessionExpirySeconds == 0)
            throw new PacketViolation(PacketRule.ExpiryAtEnd);
        _expirySeconds = goodbye.SessionExpirySeconds ?? _expirySeconds;
        // [MQTT-3.14.4-3]: any other reason than a normal one leaves the will in force.
        if (goodbye.Reason == ReasonCode.Success)
            _will = null;
    }

    private async Task SendAllAsync()
    {
        try
        {
            while (_farewell is null)
            {
                Write();
                if (_writer.Length > 0)
                    await SendAsync();
                else
                    await _toSend.WaitAsync(_ending.Token);
            }
            await SayGoodbyeAsync(_farewell);
        }
        catch (StoreFailedException error)
        {
            Close(ReasonCode.ImplementationError, $"the message could not be stored: {error.Message}");
            await SayGoodbyeAsync(_farewell!);
        }
        catch (Exception error) when (IsOfTheConnection(error))
        {
            Close(ReasonCode.Success, null);
        }
        finally
        {
            await _ending.CancelAsync();
        }
    }

    /// <summary>Fills the buffer with what may go, answers and messages in turns.</summary>
    private void Write()
    {
        var now = Options.Time.GetTimestamp();
        bool wrote;
        do
        {
            wrote = _answers.TryWrite(_writer);
            if (_session.TryTake(this, now, out var next))
                wrote |= Write(next, now);
        }
        while (wrote && _writer.Length < SendBytes);
    }

    private bool Write(OutgoingPublish next, long now)
    {
        if (next.IsReceived)
        {
            _writer.Acknowledge(PacketType.PublishRelease, next.Id, ReasonCode.Success);
            return true;
        }
        // [MQTT-3.1.2-24] (5), [MQTT-3.1.2-25]: a packet that the client does not take counts as delivered.
        if (_connect.MaximumPacketBytes < uint.MaxValue && _writer.SizeOf(next.Delivery, now) > _connect.MaximumPacketBytes)
        {
            _ = Interlocked.Increment(ref parts.Tally.TooLargeForSubscriber);
            _session.Acknowledged(next.Id);
            return true;
        }
        _hasSentOnce |= next.Delivery.Qos == 2 && !next.IsAgain;
        _writer.Publish(next.Delivery, next.Id, next.IsAgain && next.Delivery.Qos > 0, now);
        return true;
    }

    private async Task SendAsync()
    {
        // QoS 2: a message that this connection has sent must not come once more under another identifier.
        if (_hasSentOnce && _session.IsKept && parts.Journal is { } journal)
            await journal.SyncedAsync().WaitAsync(_ending.Token);
        _hasSentOnce = false;
        await stream.WriteAsync(_writer.Written, _ending.Token);
        _writer.Clear();
    }

    private async Task SayGoodbyeAsync(Farewell farewell)
    {
        // A client that has gone itself is told nothing.
        if (farewell.Reason == ReasonCode.Success)
            return;
        while (farewell.Reason != ReasonCode.ImplementationError && _answers.TryWrite(_writer))
        {
            // What was ready before goes before.
        }
        // MQTT 3 has no word for it. [MQTT-3.14.2-3]: no text where the client does not take it.
        var text = farewell.Text is { Length: < MostTextChars } && _connect.MaximumPacketBytes > SendBytes ? farewell.Text : null;
        if (_connect.Version == ConnectPacket.Version5)
            _writer.Disconnect(farewell.Reason, text);
        if (_writer.Length > 0)
            await SendAsync();
    }

    /// <summary>Why the broker ends the connection.</summary>
    /// <param name="Reason">0 = the client has ended it.</param>
    private sealed record Farewell(byte Reason, string? Text);
}
