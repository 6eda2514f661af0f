using System.Diagnostics;
using System.Text.RegularExpressions;
using SockSort.Testing;

namespace SockSort.Server.Tests.Connectors;

/// <summary>Kafka Connect itself, over a broker of its own: the kit's, or the test is skipped.</summary>
internal sealed partial class RealConnect : IAsyncDisposable
{
    private readonly string _kit;
    private readonly TempFolder _folder;

    private RealConnect(string kit, TempFolder folder, Uri address)
    {
        (_kit, _folder) = (kit, folder);
        Client = new ConnectClient(address);
    }

    public ConnectClient Client { get; }

    public string FileFor(string name) => _folder.File(name);

    public static async Task<RealConnect> StartAsync(string topic)
    {
        var kit = Repository.Shared("testkit");
        if (!Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, "java"))))
            Assert.Skip("java is absent");
        var folder = new TempFolder();
        var broker = await RunAsync($"{kit}/kafka/start", folder.File("kafka"), "0");
        var bootstrap = Value().Match(broker).Groups[1].Value;
        _ = await RunAsync($"{kit}/kafka/topics", "--bootstrap-server", bootstrap, "--create", "--topic", topic);
        var worker = await RunAsync($"{kit}/connect/start", folder.File("connect"), bootstrap, "0");
        return new RealConnect(kit, folder, new Uri(Value().Match(worker).Groups[1].Value));
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        _ = await RunAsync($"{_kit}/connect/stop", _folder.File("connect"), "--kill");
        _ = await RunAsync($"{_kit}/kafka/stop", _folder.File("kafka"), "--kill");
        _folder.Dispose();
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        // The server that a script starts keeps its pipes open: what it prints goes through a file.
        var output = Path.GetTempFileName();
        try
        {
            const string Script = "out=$1; shift; \"$@\" > \"$out\" 2>&1 < /dev/null";
            using var process = Process.Start("bash", ["-c", Script, "bash", output, program, .. arguments])!;
            await process.WaitForExitAsync();
            var text = await File.ReadAllTextAsync(output);
            Assert.True(process.ExitCode == 0, $"{program}: {text}");
            return text;
        }
        finally
        {
            File.Delete(output);
        }
    }

    [GeneratedRegex(@"^\w+=(\S+)", RegexOptions.Multiline)]
    private static partial Regex Value();
}
