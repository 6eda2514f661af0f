using System.Diagnostics;
using SockSort.Testing;

namespace SockSort.Mqtt.Tests.Broker;

/// <summary>Mosquitto's own clients, for what most users begin with.</summary>
internal static class MosquittoClient
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>The lines that <c>mosquitto_sub</c> prints until it ends by itself.</summary>
    public static async Task<IReadOnlyList<string>> SubscribeAsync(MqttEndpoint endpoint, string filter, params string[] arguments)
    {
        var (code, output, error) = await RunAsync("mosquitto_sub", endpoint, ["-t", filter, "-W", "50", .. arguments]);
        Assert.Equal((0, ""), (code, error));
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <returns>The exit code, and what it said.</returns>
    public static async Task<(int Code, string Error)> PublishAsync(
        MqttEndpoint endpoint, string topic, string payload, params string[] arguments)
    {
        var (code, _, error) = await RunAsync("mosquitto_pub", endpoint, ["-t", topic, "-m", payload, .. arguments]);
        return (code, error);
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(string program, MqttEndpoint endpoint, string[] arguments)
    {
        string[] user = endpoint.User is null ? [] : ["-u", endpoint.User, "-P", endpoint.Password!];
        var start = new ProcessStartInfo(Programs.Find(program), ["-h", endpoint.Host, "-p", $"{endpoint.Port}", .. user, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(Limit);
        return (process.ExitCode, await output, (await error).Trim());
    }
}
