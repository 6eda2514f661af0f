using System.Diagnostics;
using System.Text.Json.Nodes;

namespace SockSort.Bench.Dashboard;

/// <summary>A page of a <see cref="BenchBrowser"/>.</summary>
internal sealed class BenchPage(DevTools tools, string session)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Opens an address; returns when the answer begins to come.</summary>
    public Task GoAsync(Uri address, CancellationToken cancellation) =>
        AskAsync("Page.navigate", new JsonObject { ["url"] = address.ToString() }, cancellation);

    /// <summary>What an expression gives; a promise is waited for.</summary>
    public async Task<JsonNode?> EvaluateAsync(string expression, CancellationToken cancellation)
    {
        var answer = await AskAsync(
            "Runtime.evaluate",
            new JsonObject { ["expression"] = expression, ["awaitPromise"] = true, ["returnByValue"] = true },
            cancellation);
        return answer["exceptionDetails"] is { } wrong
            ? throw new BenchException($"a page fails at '{expression}': {wrong["exception"]?["description"] ?? wrong["text"]}")
            : answer["result"]!["value"]?.DeepClone();
    }

    /// <summary>Waits until an expression gives a number.</summary>
    /// <exception cref="BenchException">It does not, for two minutes.</exception>
    public async Task<double> NumberAsync(string expression, string what, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < Patience)
        {
            if (await EvaluateAsync(expression, cancellation) is { } number)
                return number.GetValue<double>();
            await Task.Delay(LookEvery, cancellation);
        }
        throw new BenchException($"a page does not show {what} within {Patience.TotalMinutes:0} minutes");
    }

    /// <summary>Bytes of the page's objects and the number of its nodes, when what nobody needs is gone.</summary>
    public async Task<(long Bytes, long Nodes)> MemoryAsync(CancellationToken cancellation)
    {
        _ = await AskAsync("HeapProfiler.collectGarbage", null, cancellation);
        var metrics = (await AskAsync("Performance.getMetrics", null, cancellation))["metrics"]!.AsArray();
        return (ValueOf("JSHeapUsedSize"), ValueOf("Nodes"));

        long ValueOf(string name) => (long)metrics.First(metric => (string)metric!["name"]! == name)!["value"]!.GetValue<double>();
    }

    public async Task PrepareAsync(string script, CancellationToken cancellation)
    {
        _ = await AskAsync("Page.enable", null, cancellation);
        _ = await AskAsync("Performance.enable", null, cancellation);
        _ = await AskAsync("Emulation.setFocusEmulationEnabled", new JsonObject { ["enabled"] = true }, cancellation);
        _ = await AskAsync("Page.addScriptToEvaluateOnNewDocument", new JsonObject { ["source"] = script }, cancellation);
    }

    private Task<JsonObject> AskAsync(string method, JsonObject? parameters, CancellationToken cancellation) =>
        tools.AskAsync(method, parameters, session, cancellation);
}
