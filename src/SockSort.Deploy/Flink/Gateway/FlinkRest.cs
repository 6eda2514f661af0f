using System.Text.Json;
using System.Text.Json.Nodes;

namespace SockSort.Deploy.Flink.Gateway;

/// <summary>
/// Flink's own REST API, which the JobManager serves. It knows of a job's tasks, and why it failed; the gateway does not.
/// </summary>
public sealed class FlinkRest : IDisposable
{
    private readonly HttpClient _http;

    /// <param name="address">Its URL, as <c>http://127.0.0.1:8081</c>.</param>
    public FlinkRest(Uri address) => _http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(1) };

    /// <summary>The JobManager's URL.</summary>
    internal Uri Address => _http.BaseAddress!;

    public void Dispose() => _http.Dispose();

    /// <summary>Asks whether it is Flink's REST API.</summary>
    /// <exception cref="DeployException">It is not, or does not answer.</exception>
    internal async Task CheckAsync(CancellationToken cancellation)
    {
        if ((string?)(await AskAsync("/config", cancellation))["flink-version"] is null)
            throw FlinkDeployErrors.NoRest(Address, "no version of Flink in its answer");
    }

    /// <returns>How many of the job's tasks run, of how many.</returns>
    /// <exception cref="DeployException">The API does not answer.</exception>
    internal async Task<(int Running, int All)> TasksAsync(string job, CancellationToken cancellation)
    {
        var tasks = (await AskAsync($"/jobs/{job}", cancellation))["vertices"]!.AsArray().Select(vertex => vertex!["tasks"]!.AsObject());
        var counts = tasks.SelectMany(states => states).ToLookup(state => state.Key, state => (int)state.Value!);
        return (counts[FlinkJobStatus.Running].Sum(), counts.SelectMany(count => count).Sum());
    }

    /// <returns>In one line why the job failed; null where Flink has not kept it.</returns>
    /// <exception cref="DeployException">The API does not answer.</exception>
    internal async Task<string?> CauseAsync(string job, CancellationToken cancellation)
    {
        var answer = await AskAsync($"/jobs/{job}/exceptions", cancellation);
        var newest = (answer["exceptionHistory"]?["entries"] as JsonArray)?.FirstOrDefault()?["stacktrace"] ?? answer["root-exception"];
        return (string?)newest is { Length: > 0 } trace ? FlinkDeployErrors.Cause(trace) : null;
    }

    private async Task<JsonObject> AskAsync(string path, CancellationToken cancellation)
    {
        try
        {
            return JsonNode.Parse(await _http.GetStringAsync(path, cancellation)) as JsonObject
                ?? throw FlinkDeployErrors.NoRest(Address, "no object");
        }
        catch (Exception error) when (error is HttpRequestException or JsonException)
        {
            throw FlinkDeployErrors.NoRest(Address, error.Message);
        }
        catch (OperationCanceledException error) when (error.InnerException is TimeoutException)
        {
            throw DeployException.Silent(Address, path, _http.Timeout);
        }
    }
}
