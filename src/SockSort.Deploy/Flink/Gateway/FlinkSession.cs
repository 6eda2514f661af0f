using System.Diagnostics;
using System.Text.Json.Nodes;

namespace SockSort.Deploy.Flink.Gateway;

/// <summary>A session at Flink's SQL Gateway, with tables and settings of its own; jobs outlive it.</summary>
/// <param name="gateway">Has it.</param>
/// <param name="path">Its path there.</param>
/// <param name="patience">How long a statement may take.</param>
internal sealed class FlinkSession(FlinkGateway gateway, string path, TimeSpan patience) : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestGoodbye = TimeSpan.FromSeconds(10);

    /// <summary>Runs a statement to its end; a job that it submits runs on.</summary>
    /// <exception cref="DeployException">Flink refuses it, the session is gone, or the gateway does not answer.</exception>
    public async Task<FlinkAnswer> RunAsync(string statement, CancellationToken cancellation)
    {
        var body = new JsonObject { ["statement"] = statement };
        var sent = await gateway.AskAsync(HttpMethod.Post, $"{path}/statements", body, cancellation);
        var operation = $"{path}/operations/{sent["operationHandle"]}";
        var begun = Stopwatch.StartNew();
        while (await StatusAsync(operation, cancellation) is not ("FINISHED" or "ERROR" or "CANCELED" or "TIMEOUT" or "CLOSED"))
            await PauseAsync(statement, begun, cancellation);
        // Of a statement that failed the first result is answered with the reason.
        var (rows, job) = (new List<IReadOnlyList<string?>>(), default(string));
        var next = $"{operation}/result/0?rowFormat=JSON";
        while (next is not null)
        {
            var result = await gateway.AskAsync(HttpMethod.Get, next, null, cancellation);
            job = (string?)result["jobID"] ?? job;
            foreach (var row in result["results"]?["data"] as JsonArray ?? [])
                rows.Add([.. row!["fields"]!.AsArray().Select(field => field?.ToString())]);
            next = (string?)result["resultType"] == "EOS" ? null : (string?)result["nextResultUri"];
            if ((string?)result["resultType"] == "NOT_READY")
                await PauseAsync(statement, begun, cancellation);
        }
        return new(rows, job);
    }

    /// <summary>Sets an option of Flink for the statements that follow.</summary>
    public Task SetAsync(string name, string value, CancellationToken cancellation) =>
        RunAsync(FlinkProgram.Set(KeyValuePair.Create(name, value)), cancellation);

    /// <summary>All jobs that Flink knows, the ended ones too for as long as it keeps them.</summary>
    public async Task<IReadOnlyList<FlinkJobStatus>> JobsAsync(CancellationToken cancellation)
    {
        var answer = await RunAsync("SHOW JOBS", cancellation);
        return [.. answer.Rows.Select(row => new FlinkJobStatus(row[0] ?? "", row[1] ?? "", row[2] ?? "", row[3] ?? ""))];
    }

    /// <summary>Closes it. One that is gone already, or whose gateway is, needs nothing more.</summary>
    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(LongestGoodbye);
        try
        {
            _ = await gateway.AskAsync(HttpMethod.Delete, path, null, limit.Token);
        }
        catch (Exception error) when (error is DeployException or OperationCanceledException)
        {
            // The gateway closes it by itself when nobody has used it for some time.
        }
    }

    private Task PauseAsync(string statement, Stopwatch begun, CancellationToken cancellation) => begun.Elapsed < patience
        ? Task.Delay(Pause, cancellation)
        : throw DeployException.Silent(gateway.Address, statement.Split(' ', 2)[0], patience);

    private async Task<string?> StatusAsync(string operation, CancellationToken cancellation) =>
        (string?)(await gateway.AskAsync(HttpMethod.Get, $"{operation}/status", null, cancellation))["status"];
}
