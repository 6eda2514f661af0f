using System.CommandLine;
using SockSort.Cli.Output;
using SockSort.Host.Listening;
using SockSort.Models.Package;
using SockSort.Server.Endpoint;

namespace SockSort.Cli.Serving;

/// <summary>Runs an endpoint until Ctrl-C or SIGTERM.</summary>
internal static class ServingRun
{
    /// <param name="package">The model to serve.</param>
    /// <param name="name">The model's name in the output.</param>
    /// <param name="options">Options that the command line has validated.</param>
    /// <param name="listening">The address to listen on.</param>
    /// <param name="line">The command line, whose output receives the address and, at the end, the counts.</param>
    /// <param name="cancel">Stops the endpoint gracefully.</param>
    public static async Task<int> RunAsync(
        ModelPackage package, string name, EndpointOptions options, WebListening listening, ParseResult line, CancellationToken cancel)
    {
        var output = line.InvocationConfiguration.Output;
        // By default the command line kills the process soon after a signal; running requests may take longer.
        line.InvocationConfiguration.ProcessTerminationTimeout = options.StopWithin + TimeSpan.FromSeconds(5);
        await using var endpoint = await ModelEndpoint.StartAsync(package, options, listening, cancel);
        var address = endpoint.Addresses[0];
        var host = address.IsBeyondLoopback ? address.Address.ToString() : "localhost";
        await output.WriteLineAsync(
            $"serving {name} ({package.Labels.Count} labels) on http://{host}:{address.Port}: GET /ping, POST /invocations");
        if (address.IsBeyondLoopback)
            await output.WriteLineAsync("anyone who can reach this address can use the model: there is no password");
        await output.FlushAsync(cancel);
        // Both Ctrl-C and SIGTERM cancel the token.
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
