using System.CommandLine;
using SockSort.Cli.Output;
using SockSort.Host.Listening;
using SockSort.Models.Package;
using SockSort.Server.Endpoint;

namespace SockSort.Cli.Serving;

/// <summary>Runs an endpoint until Ctrl-C or SIGTERM.</summary>
internal static class ServingRun
{
    /// <param name="package">Is served.</param>
    /// <param name="name">How it is called in what is printed.</param>
    /// <param name="options">Checked by the command line.</param>
    /// <param name="listening">Where.</param>
    /// <param name="line">Its output is told the address, and at the end the counts.</param>
    /// <param name="cancel">Stops it in order.</param>
    public static async Task<int> RunAsync(
        ModelPackage package, string name, EndpointOptions options, WebListening listening, ParseResult line, CancellationToken cancel)
    {
        var output = line.InvocationConfiguration.Output;
        // By default the command line ends the process soon after a signal; what is under way may take longer.
        line.InvocationConfiguration.ProcessTerminationTimeout = options.StopWithin + TimeSpan.FromSeconds(5);
        await using var endpoint = await ModelEndpoint.StartAsync(package, options, listening, cancel);
        var address = endpoint.Addresses[0];
        var host = address.IsBeyondLoopback ? address.Address.ToString() : "localhost";
        await output.WriteLineAsync(
            $"serving {name} ({package.Labels.Count} labels) on http://{host}:{address.Port}: GET /ping, POST /invocations");
        if (address.IsBeyondLoopback)
            await output.WriteLineAsync("anyone who can reach this address can use the model: there is no password");
        await output.FlushAsync(cancel);
        // Ctrl-C and SIGTERM both come as a cancellation.
        await Task.Delay(Timeout.Infinite, cancel)
            .ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        await output.WriteLineAsync("stopping");
        await endpoint.DisposeAsync();
        var counts = endpoint.Counts;
        await output.WriteLineAsync(
            $"{counts.Answered} pictures answered in {counts.Runs} runs of the model, {counts.Refused} requests refused");
        return ExitCode.Done;
    }
}
