using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using SockSort.Cli.Brokers;
using SockSort.Cli.Parts;
using SockSort.Host.Configuration.Mistakes;
using SockSort.Host.Configuration.Settings;
using SockSort.Host.Parts;
using SockSort.Log.Memory;
using SockSort.Mqtt;
using SockSort.Sql;
using SockSort.Sql.Engine.Commands;

namespace SockSort.Cli.Run;

/// <summary>
/// Applies connectors and queries to an empty log in memory, with an engine that is not started and connectors that touch no broker.
/// </summary>
internal sealed class ScriptCheck(RunConfiguration configuration)
{
    private const string Secrets = "scripts";

    /// <summary>The first of each script.</summary>
    public async Task<IReadOnlyList<ConfigurationMistake>> FindAsync(CancellationToken cancellation)
    {
        var secrets = Directory.CreateTempSubdirectory("socksort-check-");
        try
        {
            PrepareSecrets(secrets.FullName);
            await using var host = new PartHost(NullLoggerFactory.Instance);
            var log = host.Open("log", () => new MemoryLog());
            var sql = SqlParts.Open(host, new SqlPlan { Log = log, Secrets = secrets.FullName, KeepsState = true });
            sql.Worker.Hold();
            if (configuration.Sorting is { } sorting)
                await SortingParts.DeclareAsync(sql.Engine, sorting, cancellation);
            return await ApplyAsync(new RunScripts(configuration, sql.Worker), new CommandLog(sql.Engine, log), cancellation);
        }
        finally
        {
            secrets.Delete(recursive: true);
        }
    }

    private async Task<IReadOnlyList<ConfigurationMistake>> ApplyAsync(
        RunScripts scripts, CommandLog commands, CancellationToken cancellation)
    {
        List<ConfigurationMistake> mistakes = [];
        foreach (var text in scripts.All(cancellation))
        {
            try
            {
                _ = await new QueriesFile(commands).ApplyAsync(await text, cancellation);
            }
            catch (MistakeException error)
            {
                mistakes.Add(error.Mistake);
            }
            catch (SqlException error)
            {
                mistakes.Add(scripts.MistakeOf(error));
            }
        }
        return mistakes;
    }

    /// <summary>What a run would find: the files that are there, and the broker's credentials, which a run makes at its start.</summary>
    private void PrepareSecrets(string folder)
    {
        var kept = Path.Combine(BrokerCredentials.FolderIn(configuration.Data, configuration.Broker is not null), Secrets);
        var copy = Directory.CreateDirectory(Path.Combine(folder, Secrets));
        foreach (var file in Directory.Exists(kept) ? Directory.GetFiles(kept, "*.properties") : [])
            File.Copy(file, Path.Combine(copy.FullName, Path.GetFileName(file)));
        var credentials = BrokerCredentials.ReadOrMake(folder);
        BrokerCredentials.Write(folder, EndpointOf(credentials));
    }

    private MqttEndpoint EndpointOf(BrokerCredentials credentials)
    {
        if (configuration.Mqtt.Address is not null)
            return RunBroker.Other(configuration.Mqtt);
        return MqttEndpoint.Parse($"mqtt://{IPAddress.Loopback}:{BrokerSetup.PlainPort}", credentials.User, credentials.Password);
    }
}
