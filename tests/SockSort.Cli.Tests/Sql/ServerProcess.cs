using SockSort.Testing;

namespace SockSort.Cli.Tests.Sql;

/// <summary><c>socksort server</c> as a process of its own, over a folder of its own.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly SocksortProcess _process;

    private ServerProcess(SocksortProcess process, string address) => (_process, Address) = (process, address);

    /// <summary>As <c>http://127.0.0.1:41234</c>.</summary>
    public string Address { get; }

    public int Id => _process.Id;

    /// <param name="data">The log's folder.</param>
    /// <param name="options">More of the command's options.</param>
    public static async Task<ServerProcess> StartAsync(string data, params string[] options)
    {
        var process = SocksortProcess.Start(["server", "--listen", "http://127.0.0.1:0", "--data", data, .. options]);
        var listening = await process.LineAsync(@"listening on (http://\S+);");
        return new ServerProcess(process, listening.Groups[1].Value);
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
