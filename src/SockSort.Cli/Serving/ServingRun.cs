using System.Net;
using System.Runtime.InteropServices;
using SockSort.Models;
using SockSort.Server.Endpoint;

namespace SockSort.Cli.Serving;

/// <summary>Runs an endpoint until Ctrl-C or SIGTERM.</summary>
internal static class ServingRun
{
    /// <param name="package">Is served.</param>
    /// <param name="name">How it is called in what is printed.</param>
    /// <param name="options">Checked by the command line.</param>
    /// <param name="output">Told the address, and at the end the counts.</param>
    /// <param name="cancel">Stops it in order.</param>
    public static async Task<int> RunAsync(ModelPackage package, string name, EndpointOptions options, TextWriter output, CancellationToken cancel)
    {
        await using var endpoint = await ModelEndpoint.StartAsync(package, options, cancel);
        var host = IPAddress.IsLoopback(options.Listen) ? "localhost" : options.Listen.ToString();
        await output.WriteLineAsync($"serving {name} ({package.Labels.Count} labels) on http://{host}:{endpoint.Port}: GET /ping, POST /invocations");
        if (!IPAddress.IsLoopback(options.Listen))
            await output.WriteLineAsync("anyone who can reach this address can use the model: there is no password");
        await output.FlushAsync(cancel);
        // A container is stopped by SIGTERM, which would end the process at once.
        using var asked = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        using var signal = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            asked.Cancel();
        });
        await Task.Delay(Timeout.Infinite, asked.Token).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        await output.WriteLineAsync("stopping");
        await endpoint.StopAsync(CancellationToken.None);
        var counts = endpoint.Counts;
        await output.WriteLineAsync($"{counts.Answered} pictures answered in {counts.Runs} runs of the model, {counts.Refused} requests refused");
        return CommandLine.Done;
    }
}
