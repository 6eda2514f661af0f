using System.Text.Json;
using System.Text.Json.Nodes;

namespace SockSort.Deploy.Flink.Gateway;

/// <summary>A client for the REST API of Flink's SQL Gateway.</summary>
/// <remarks>Version 2 of the API, which Flink has since 1.17.</remarks>
public sealed class FlinkGateway : IDisposable
{
    private const string Api = "/v2";

    private readonly RestClient _rest;

    /// <param name="gateway">Its URL, as <c>http://127.0.0.1:8083</c>.</param>
    /// <param name="user">The user for HTTP Basic authentication, of a proxy before it; null for none.</param>
    /// <param name="password">The user's password.</param>
    public FlinkGateway(Uri gateway, string? user, string? password) =>
        _rest = new RestClient(gateway, user, password, FlinkDeployErrors.Unreachable);

    public Uri Address => _rest.Address;

    public void Dispose() => _rest.Dispose();

    /// <summary>Name and version of what answers: <c>Apache Flink 2.1.0</c>.</summary>
    /// <exception cref="DeployException">Nothing answers there, or no SQL Gateway.</exception>
    internal async Task<string> VersionAsync(CancellationToken cancellation)
    {
        var (status, text) = await _rest.SendAsync(HttpMethod.Get, $"{Api}/info", null, cancellation);
        FlinkDeployErrors.ThrowIfRefused(Address, status, text);
        return Parsed(text) is JsonObject { } info && (string?)info["productName"] is { } product
            ? $"{product} {info["version"]}"
            : throw FlinkDeployErrors.NoGateway(Address, status);
    }

    /// <summary>Opens a session, which its gateway closes when nobody has used it for some time.</summary>
    /// <param name="properties">Options of Flink for all that it does.</param>
    /// <param name="patience">How long each of its statements may take.</param>
    internal async Task<FlinkSession> OpenAsync(
        IReadOnlyDictionary<string, string> properties, TimeSpan patience, CancellationToken cancellation)
    {
        var settings = new JsonObject(properties.Select(one => KeyValuePair.Create(one.Key, (JsonNode?)JsonValue.Create(one.Value))));
        var body = new JsonObject { ["sessionName"] = "socksort", ["properties"] = settings };
        var opened = await AskAsync(HttpMethod.Post, $"{Api}/sessions", body, cancellation);
        var handle = (string?)opened["sessionHandle"] ?? throw FlinkDeployErrors.NoGateway(Address, 200);
        return new(this, $"{Api}/sessions/{handle}", patience);
    }

    /// <summary>Calls the gateway.</summary>
    /// <returns>The object that it answers.</returns>
    /// <exception cref="DeployException">It does not answer, or refuses the call.</exception>
    internal async Task<JsonObject> AskAsync(HttpMethod method, string path, JsonObject? body, CancellationToken cancellation)
    {
        var (status, text) = await _rest.SendAsync(method, path, body, cancellation);
        FlinkDeployErrors.ThrowIfRefused(Address, status, text);
        if (Parsed(text) is not JsonObject answer)
            throw FlinkDeployErrors.NoGateway(Address, status);
        return status < 300 ? answer : throw FlinkDeployErrors.Refused(Address, status, Problems(answer, text));
    }

    private static string Problems(JsonObject answer, string text) => answer["errors"] is JsonArray errors
        ? string.Join('\n', errors.Select(error => (string?)error))
        : text;

    private static JsonNode? Parsed(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
