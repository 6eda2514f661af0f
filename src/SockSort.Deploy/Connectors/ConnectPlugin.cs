using System.Text.Json.Nodes;

namespace SockSort.Deploy.Connectors;

/// <summary>A class of connectors that a cluster has.</summary>
/// <param name="Type"><c>source</c> or <c>sink</c>.</param>
internal sealed record ConnectPlugin(string Class, string Type, string Version)
{
    private const string Ending = "Connector";

    /// <param name="plugin">An entry of the answer to <c>GET /connector-plugins</c>.</param>
    public static ConnectPlugin Of(JsonNode plugin) =>
        new((string)plugin["class"]!, (string?)plugin["type"] ?? "", (string?)plugin["version"] ?? "");

    /// <summary>Whether <c>connector.class</c> means this one: by the full name, the last part of it, or that without its ending.</summary>
    public bool IsNamed(string name)
    {
        var last = Class[(Class.LastIndexOf('.') + 1)..];
        return name == Class || name == last || name + Ending == last;
    }

    public override string ToString() => $"{Class} {Version}".TrimEnd();
}
