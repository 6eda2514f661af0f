using System.ComponentModel;
using System.Diagnostics;

namespace SockSort.Bench.Mqtt;

/// <summary>Mosquitto's client as the publisher: a message for each line of a file.</summary>
internal static class MosquittoLoader
{
    private const string Program = "mosquitto_pub";

    /// <exception cref="BenchException">It is not installed, or fails.</exception>
    public static async Task RunAsync(MqttServer server, string lines, int qos, CancellationToken cancellation)
    {
        string[] arguments =
        [
            "-h", "127.0.0.1", "-p", $"{server.Port}", "-u", server.User, "-P", server.Password, "-q", $"{qos}",
            "-t", MqttPayloads.Topic, "-l",
        ];
        try
        {
            using var process = Process.Start(new ProcessStartInfo(Program, arguments) { RedirectStandardInput = true })!;
            await using (var file = File.OpenRead(lines))
                await file.CopyToAsync(process.StandardInput.BaseStream, cancellation);
            process.StandardInput.Close();
            await process.WaitForExitAsync(cancellation);
            if (process.ExitCode != 0)
                throw new BenchException($"{Program} ended with {process.ExitCode}");
        }
        catch (Win32Exception error)
        {
            throw new BenchException($"{Program} cannot be run: {error.Message}; install mosquitto-clients", error);
        }
    }
}
