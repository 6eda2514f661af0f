using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SockSort.Deploy.Connectors;

/// <summary>A client for Kafka Connect's REST API.</summary>
/// <remarks>
/// While workers share out their connectors a cluster answers some calls with 409; these are made again until they are answered.
/// </remarks>
public sealed class ConnectRest : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly RestClient _rest;

    /// <param name="cluster">Any worker's URL, as <c>http://127.0.0.1:8083</c>.</param>
    /// <param name="user">The user for HTTP Basic authentication; null for none.</param>
    /// <param name="password">The user's password.</param>
    public ConnectRest(Uri cluster, string? user, string? password) =>
        _rest = new RestClient(cluster, user, password, ConnectDeployErrors.Unreachable);

    public Uri Cluster => _rest.Address;

    public void Dispose() => _rest.Dispose();

    /// <summary>The version of the workers.</summary>
    internal async Task<string> VersionAsync(CancellationToken cancellation) =>
        (string?)(await AskAsync(HttpMethod.Get, "/", null, cancellation))!["version"] ?? "";

    internal async Task<IReadOnlyList<ConnectPlugin>> PluginsAsync(CancellationToken cancellation)
    {
        var plugins = (await AskAsync(HttpMethod.Get, "/connector-plugins", null, cancellation))!.AsArray();
        return [.. plugins.Select(plugin => ConnectPlugin.Of(plugin!))];
    }

    /// <returns>The settings as they were written, without the name; null where there is no such connector.</returns>
    internal async Task<Dictionary<string, string>?> ConfigAsync(string name, CancellationToken cancellation)
    {
        var config = await AskAsync(HttpMethod.Get, $"{PathOf(name)}/config", null, cancellation, absent: true);
        return config?.AsObject().Where(setting => setting.Key != "name").ToDictionary(
            setting => setting.Key, setting => (string?)setting.Value ?? "", StringComparer.Ordinal);
    }

    /// <returns>Null where there is no such connector, or the cluster has not started it yet.</returns>
    internal async Task<ConnectorStatus?> StatusAsync(string name, CancellationToken cancellation)
    {
        var status = await AskAsync(HttpMethod.Get, $"{PathOf(name)}/status", null, cancellation, absent: true);
        return status is null ? null : ConnectorStatus.Of(status);
    }

    /// <returns>For each setting that is wrong its name and what is wrong with it.</returns>
    internal async Task<IReadOnlyList<(string Setting, string Problem)>> ValidateAsync(
        string plugin, string name, IReadOnlyDictionary<string, string> settings, CancellationToken cancellation)
    {
        var body = Object(settings);
        body["name"] = name;
        var checkedConfig = await AskAsync(
            HttpMethod.Put, $"/connector-plugins/{Uri.EscapeDataString(plugin)}/config/validate", body, cancellation);
        return
        [
            .. from setting in checkedConfig!["configs"]!.AsArray()
               let value = setting["value"]
               from problem in value["errors"] as JsonArray ?? []
               select ((string)value["name"]!, (string)problem!),
        ];
    }

    internal Task PutAsync(string name, IReadOnlyDictionary<string, string> settings, CancellationToken cancellation) =>
        AskAsync(HttpMethod.Put, $"{PathOf(name)}/config", Object(settings), cancellation);

    internal Task DeleteAsync(string name, CancellationToken cancellation) =>
        AskAsync(HttpMethod.Delete, PathOf(name), null, cancellation, absent: true);

    private static string PathOf(string name) => $"/connectors/{Uri.EscapeDataString(name)}";

    private static JsonObject Object(IReadOnlyDictionary<string, string> settings) =>
        new(settings.Select(setting => KeyValuePair.Create(setting.Key, (JsonNode?)JsonValue.Create(setting.Value))));

    /// <param name="absent">Whether 404 is an answer: null.</param>
    private async Task<JsonNode?> AskAsync(
        HttpMethod method, string path, JsonObject? body, CancellationToken cancellation, bool absent = false)
    {
        while (true)
        {
            var (status, text) = await _rest.SendAsync(method, path, body, cancellation);
            if (absent && status == (int)HttpStatusCode.NotFound)
                return null;
            if (status != (int)HttpStatusCode.Conflict)
                return Read(status, text);
            await Task.Delay(Pause, cancellation);
        }
    }

    private JsonNode? Read(int status, string text)
    {
        try
        {
            var json = text.Length == 0 ? null : JsonNode.Parse(text);
            return status < 300 ? json : throw ConnectDeployErrors.Refused(Cluster, status, (string?)json?["message"] ?? text);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw ConnectDeployErrors.NoConnect(Cluster, status, error);
        }
    }
}
