using SockSort.Host.Listening;
using SockSort.Log.Memory;
using SockSort.Server.Ksql;
using SockSort.Sql.Engine;
using SockSort.Sql.Engine.Commands;
using SockSort.Sql.Testing.Conformance;
using SockSort.Sql.Testing.Rest;

namespace SockSort.Cli.Sql;

/// <summary>Runs the tests of ksqlDB's REST files, each with its own server on a free port and a log in memory.</summary>
internal static class ConformServer
{
    private static readonly TimeSpan ResultTimeout = TimeSpan.FromSeconds(10);

    public static async Task<ConformanceResult> RunAsync(ConformanceCase test, CancellationToken cancellation)
    {
        using var log = new MemoryLog();
        await using var engine = new SqlEngine(log);
        engine.Start();
        await using var server = await KsqlServer.StartAsync(
            engine, new CommandLog(engine, log), new KsqlServerOptions(), WebListening.At("http://127.0.0.1:0"), cancellation);
        using var client = new HttpClient { BaseAddress = server.Addresses[0].ExactUri };
        return await new RestTestRunner(client, engine, log, ResultTimeout).RunAsync(test, cancellation);
    }
}
