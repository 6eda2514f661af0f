using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SockSort.Mqtt.Connections;
using SockSort.Shared;

namespace SockSort.Mqtt.Publishing;

/// <summary>Logs the state of a publisher's connection and the messages that are lost, but not each attempt and each message.</summary>
internal sealed class PublisherLog : IDisposable
{
    private readonly ILogger _log;
    private readonly string _broker;
    private readonly int _mostWaiting;
    private readonly string? _folder;
    private readonly Func<PublisherStatus> _status;
    private readonly LastingState _connection;
    private readonly GrowingCount _lost;
    private readonly GrowingCount _refused;
    private volatile string? _diskProblem;

    public PublisherLog(PublisherOptions options, Func<PublisherStatus> status, TimeProvider clock)
    {
        _log = (options.Loggers ?? NullLoggerFactory.Instance).CreateLogger<MqttPublisher>();
        (_broker, _mostWaiting, _status) = (options.Endpoint.ToString(), options.MaxWaiting, status);
        _folder = options.BufferFolder;
        _connection = new LastingState(() => ConnectionStanding.Of(status().State, status().LastError), Tell, clock);
        (_lost, _refused) = (new GrowingCount(clock), new GrowingCount(clock));
    }

    /// <summary>Logs the state in which the disk buffer was found.</summary>
    public void Begun()
    {
        if (_status().Buffer is not { } buffer)
            return;
        OnDisk(buffer.Problem);
        if (buffer.Torn > 0)
            _log.BufferDamaged(buffer.Torn, _folder!);
        if (buffer.Restored > 0)
            _log.MessagesRestored(buffer.Restored, _folder!, _broker);
    }

    /// <param name="problem">The reason why messages are not on disk; null where they are, or need not be.</param>
    public void OnDisk(string? problem)
    {
        if (problem is not null && _diskProblem is null)
            _log.BufferFailed(problem);
        _diskProblem = problem;
    }

    /// <summary>Called when the state of the connection may have changed.</summary>
    public void Changed() => _connection.Check();

    public void TopicRefused(RefusedTopic topic) => _log.TopicRefused(topic.Topic, _broker, topic.Problem);

    /// <param name="count">The number of messages since the start.</param>
    public void Lost(long count)
    {
        if (!_lost.IsNews(count))
            return;
        if (HasBuffer)
            _log.BufferFull(count, _folder!, _broker);
        else
            _log.MessagesLost(count, _mostWaiting, _broker);
    }

    /// <inheritdoc cref="Lost"/>
    public void Refused(long count, string problem)
    {
        if (_refused.IsNews(count))
            _log.MessagesRefused(count, _broker, problem);
    }

    /// <param name="waiting">The number of messages that this start no longer sends.</param>
    public void Ended(int waiting)
    {
        if (waiting > 0 && HasBuffer)
            _log.MessagesKept(waiting, _folder!, _broker);
        else if (waiting > 0)
            _log.MessagesLeft(waiting, _broker);
    }

    private bool HasBuffer => _status().Buffer is { Problem: null };

    public void Dispose() => _connection.Dispose();

    private void Tell(Standing standing)
    {
        var status = _status();
        var waiting = status.Waiting + status.InFlight;
        if (standing.Problem is not { } problem)
            _log.PublisherConnected(_broker, status.Version?.Text() ?? "");
        else if (ConnectionStanding.NeedsUser(status.State))
            _log.PublisherRefused(_broker, status.State, waiting, problem);
        else
            _log.PublisherLost(_broker, waiting, problem);
    }
}
