using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using SockSort.Connect.Classes;
using SockSort.Connect.Worker;
using SockSort.Shared;

namespace SockSort.Server.Connectors;

/// <summary>
/// Builds Connect's entities <c>ConnectorInfo</c>, <c>ConnectorStateInfo</c> and <c>TaskInfo</c>. A connector has one task, with id 0.
/// </summary>
internal static class ConnectorEntities
{
    public static JsonObject Info(ConnectorInfo connector)
    {
        var tasks = HasTask(connector) ? new JsonArray(TaskId(connector.Name)) : [];
        return new() { ["name"] = connector.Name, ["config"] = Config(connector), ["tasks"] = tasks, ["type"] = TypeOf(connector.Kind) };
    }

    /// <summary>Returns the configuration as it was written, with placeholders of secrets.</summary>
    public static JsonObject Config(ConnectorInfo connector)
    {
        var config = new JsonObject();
        foreach (var (key, value) in connector.Configuration)
            config[key] = value;
        config["name"] = connector.Name;
        return config;
    }

    public static JsonArray Tasks(ConnectorInfo connector)
    {
        if (!HasTask(connector))
            return [];
        var config = Config(connector);
        config["task.class"] = connector.ClassName?.Replace("Connector", "Task", StringComparison.Ordinal);
        return [new JsonObject { ["id"] = TaskId(connector.Name), ["config"] = config }];
    }

    /// <param name="isRestarting">Whether the connector and its task are being restarted.</param>
    public static JsonObject Status(ConnectorInfo connector, HttpContext context, bool isRestarting = false)
    {
        // A task that has failed leaves its connector running, as in Connect.
        var state = connector is { State: ConnectorState.Failed, HasTask: true } ? ConnectorState.Running : connector.State;
        var own = Entry(isRestarting ? "RESTARTING" : Word(state), context);
        if (state == ConnectorState.Failed)
            own["trace"] = connector.Trace;
        return new JsonObject
        {
            ["name"] = connector.Name,
            ["connector"] = own,
            ["tasks"] = HasTask(connector) ? new JsonArray(TaskStatus(connector, context, isRestarting)) : [],
            ["type"] = TypeOf(connector.Kind),
        };
    }

    /// <summary>Returns the task's state with the reason for its failure or, where it works again, with the latest error.</summary>
    public static JsonObject TaskStatus(ConnectorInfo connector, HttpContext context, bool isRestarting = false)
    {
        var status = new JsonObject { ["id"] = 0 };
        foreach (var (name, value) in Entry(isRestarting ? "RESTARTING" : Word(connector.State), context).ToList())
            status[name] = value?.DeepClone();
        if (connector.Trace is { } trace)
            status["trace"] = trace;
        else if (connector.LastError is { } healed)
            status["last_error"] = healed;
        return status;
    }

    public static bool HasTask(ConnectorInfo connector) => connector.HasTask;

    public static string TypeOf(ConnectorKind kind) => kind.ToString().ToLowerInvariant();

    private static JsonObject TaskId(string connector) => new() { ["connector"] = connector, ["task"] = 0 };

    private static JsonObject Entry(string state, HttpContext context) =>
        new() { ["state"] = state, ["worker_id"] = WorkerId(context.Connection), ["version"] = ProductVersion.Text };

    private static string Word(ConnectorState state) => state.ToString().ToUpperInvariant();

    private static string WorkerId(ConnectionInfo connection)
    {
        var address = connection.LocalIpAddress;
        var shown = address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
        return $"{shown}:{connection.LocalPort}";
    }
}
