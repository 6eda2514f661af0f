using SockSort.Deploy.Flink;
using SockSort.Deploy.Flink.Gateway;
using SockSort.Deploy.KsqlDb;
using SockSort.Deploy.Tests.Flink;
using SockSort.Log.Kafka;
using SockSort.Log.Kafka.Addresses;
using SockSort.Sql.Syntax;
using SockSort.Testing;

[assembly: AssemblyFixture(typeof(RealFlink))]

namespace SockSort.Deploy.Tests.Flink;

/// <summary>
/// Flink with its SQL Gateway over a Kafka of its own: the kit's. It starts with the first test that asks for it; where the kit is absent
/// that test is skipped.
/// </summary>
public sealed class RealFlink : IAsyncDisposable
{
    // A job takes one; the comparison has the most.
    private const string Slots = "20";

    private readonly TempFolder _folder = new();
    private KafkaServer? _kafka;
    private KafkaLog? _log;
    private IReadOnlyDictionary<string, string> _started = new Dictionary<string, string>();

    /// <summary>Kafka's address.</summary>
    public string Bootstrap => _kafka!.Bootstrap;

    /// <summary>The address of Kafka's listener with a login.</summary>
    public string SaslBootstrap => _kafka!.SaslBootstrap;

    /// <summary>The log on that Kafka.</summary>
    internal KafkaLog Log => _log!;

    internal Uri Gateway => new(_started["gateway"]);

    internal Uri Rest => new(_started["rest"]);

    /// <summary>A folder for savepoints, as Flink names it.</summary>
    internal string Savepoints => new Uri(_folder.File("savepoints")).AbsoluteUri;

    /// <summary>Starts it, unless it runs already.</summary>
    public async Task StartAsync()
    {
        if (_log is not null)
            return;
        var environment = new Dictionary<string, string> { ["FLINK_SLOTS"] = Slots, ["START_TIMEOUT"] = "300" };
        var starting = TestKit.RunAsync("flink/start", [_folder.File("flink"), "0", "0"], environment);
        _kafka = await KafkaServer.StartAsync();
        _started = await starting;
        _log = KafkaLog.Open(KafkaAddress.Parse(_kafka.Address));
    }

    /// <summary>Does something with a script's deployment.</summary>
    internal Task<DeployReport> DeployAsync(string script, Func<IDeployment, Task<DeployReport>> what, FlinkOptions? options = null) =>
        DeployAsync(Translate(script), what, options);

    /// <summary>Does something with a program's deployment.</summary>
    internal async Task<DeployReport> DeployAsync(
        FlinkProgram program, Func<IDeployment, Task<DeployReport>> what, FlinkOptions? options = null)
    {
        using var gateway = new FlinkGateway(Gateway, null, null);
        using var rest = new FlinkRest(Rest);
        var given = options ?? new FlinkOptions { Settling = TimeSpan.Zero };
        // Patient, since two cores have to start all of it.
        var patient = given with { Rest = rest, Timeout = TimeSpan.FromMinutes(5) };
        return await what(new FlinkDeployment(gateway, program, patient));
    }

    /// <summary>Translates a script for its Kafka: for the listener with a login where there is one.</summary>
    internal FlinkProgram Translate(string script, FlinkLogin? login = null)
    {
        var bootstrap = login is null ? Bootstrap : SaslBootstrap;
        return FlinkTranslation.Of(KsqlScript.Read(new SourceText("socks.ksql", script)), bootstrap, idleTimeout: TimeSpan.Zero, login);
    }

    /// <summary>Submits a script, and waits until its jobs run.</summary>
    internal Task<DeployReport> ApplyAsync(string script, FlinkOptions? options = null) =>
        DeployAsync(script, deployment => deployment.ApplyAsync(_ => { }, CancellationToken.None), options);

    /// <summary>Stops a script's jobs with savepoints, by which they have written all that they had to.</summary>
    internal Task<DeployReport> StopAsync(string script) => DeployAsync(
        script, deployment => deployment.RemoveAsync(isDryRun: false, _ => { }, CancellationToken.None), new() { Savepoints = Savepoints });

    public async ValueTask DisposeAsync()
    {
        if (_log is not null)
            await _log.DisposeAsync();
        if (_started.Count > 0)
            _ = await TestKit.RunAsync("flink/stop", _folder.File("flink"), "--kill");
        if (_kafka is not null)
            await _kafka.DisposeAsync();
        _folder.Dispose();
    }
}
