using System.Text.Json.Nodes;

namespace SockSort.Deploy.Connectors;

/// <summary>How a connector is, with its tasks.</summary>
/// <param name="State">The worst of the connector's and its tasks' states.</param>
/// <param name="Tasks">The number of its tasks.</param>
/// <param name="Detail">The first line of what is wrong, or the number of tasks.</param>
internal sealed record ConnectorStatus(string State, int Tasks, string Detail)
{
    public const string Running = "RUNNING";

    private static readonly string[] WorstFirst = ["FAILED", "UNASSIGNED", "RESTARTING"];

    /// <summary>
    /// Whether the cluster is still starting it: no worker has it, or it runs and its tasks, which come after it, are not there yet. A
    /// paused or stopped one stays so, and one that has failed too.
    /// </summary>
    public bool IsOnItsWay => State is "UNASSIGNED" or "RESTARTING" || (State == Running && Tasks == 0);

    /// <param name="status">The answer to <c>GET /connectors/NAME/status</c>.</param>
    public static ConnectorStatus Of(JsonNode status)
    {
        var tasks = (status["tasks"] as JsonArray ?? []).OfType<JsonNode>().ToList();
        var parts = tasks.Prepend(status["connector"]!).ToList();
        var worst = WorstFirst
            .Select(state => parts.Find(part => (string?)part["state"] == state))
            .OfType<JsonNode>().FirstOrDefault(parts[0]);
        var count = tasks.Count == 1 ? "1 task" : $"{tasks.Count} tasks";
        return new((string?)worst["state"] ?? "UNKNOWN", tasks.Count, ((string?)worst["trace"])?.Split('\n')[0] ?? count);
    }
}
