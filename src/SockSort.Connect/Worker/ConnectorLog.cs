using SockSort.Connect.Classes;
using SockSort.Shared;

namespace SockSort.Connect.Worker;

/// <summary>Logs the state of a running connector: each failure once rather than at each retry, and that it runs once this lasts.</summary>
internal sealed class ConnectorLog
{
    private readonly string _connector;
    private readonly ConnectorPlace _place;
    private readonly LastingState _state;
    private volatile string? _problem;

    /// <param name="info">Returns a snapshot of the connector.</param>
    public ConnectorLog(string connector, Func<ConnectorInfo> info, ConnectorPlace place)
    {
        (_connector, _place) = (connector, place);
        _state = new LastingState(() => StandingOf(info()), Tell, place.Clock);
    }

    /// <summary>Called when the connector starts.</summary>
    public void Begin()
    {
        End();
        Look();
    }

    /// <summary>Called when the connector's state may have changed.</summary>
    public void Look() => _state.Check();

    /// <summary>Called when the connector is paused, stopped or ended on request.</summary>
    public void End()
    {
        _state.Reset();
        _problem = null;
    }

    private static Standing? StandingOf(ConnectorInfo info) => info.State switch
    {
        ConnectorState.Running => new Standing("RUNNING", Problem: null),
        ConnectorState.Failed => new Standing("FAILED", FirstLine(info.Trace ?? "")),
        _ => null,
    };

    private static string FirstLine(string text) => text.Split('\n')[0];

    private void Tell(Standing standing)
    {
        if (standing.Problem is { } problem)
            _place.Events.ConnectorFailed(_connector, _problem = problem);
        else if (_problem is { } healed)
            _place.Events.ConnectorHealed(_connector, healed);
        else
            _place.Events.ConnectorRunning(_connector);
        if (standing.Problem is null)
            _problem = null;
    }
}
