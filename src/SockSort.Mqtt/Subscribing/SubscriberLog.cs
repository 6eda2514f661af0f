using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SockSort.Mqtt.Connections;
using SockSort.Shared;

namespace SockSort.Mqtt.Subscribing;

/// <summary>Logs how a subscriber's connection stands and whether messages can be handled, not each try.</summary>
internal sealed class SubscriberLog : IDisposable
{
    private readonly ILogger _log;
    private readonly string _clientId;
    private readonly string _broker;
    private readonly LastingState _connection;
    private string? _handlerProblem;

    public SubscriberLog(SubscriberOptions options, ReconnectLoop loop, TimeProvider clock)
    {
        _log = (options.Loggers ?? NullLoggerFactory.Instance).CreateLogger<MqttSubscriber>();
        (_clientId, _broker) = (options.ClientId, options.Endpoint.ToString());
        _connection = new LastingState(() => ConnectionStanding.Of(loop.State, loop.LastError), standing => Tell(standing, loop), clock);
    }

    /// <summary>The connection may stand otherwise than before.</summary>
    public void Changed() => _connection.Check();

    public void HandlerFailed(Exception error)
    {
        if (error.Message == _handlerProblem)
            return;
        _handlerProblem = error.Message;
        _log.HandlerFailed(_clientId, error.Message);
    }

    public void HandlerHealed()
    {
        _handlerProblem = null;
        _log.HandlerHealed(_clientId);
    }

    public void Dispose() => _connection.Dispose();

    private void Tell(Standing standing, ReconnectLoop loop)
    {
        if (standing.Problem is not { } problem)
            _log.SubscriberConnected(_clientId, _broker);
        else if (ConnectionStanding.NeedsUser(loop.State))
            _log.SubscriberRefused(_clientId, _broker, loop.State, problem);
        else
            _log.SubscriberLost(_clientId, _broker, problem);
    }
}
