using Microsoft.Extensions.Logging.Abstractions;
using SockSort.Cli.Logs;
using SockSort.Cli.Output;
using SockSort.Edge.Cameras;
using SockSort.Host.Configuration.Mistakes;
using SockSort.Host.Configuration.Settings;
using SockSort.Host.Listening.Certificates;
using SockSort.Models.Package;
using SockSort.Mqtt.Broker;

namespace SockSort.Cli.Run;

/// <summary>What <c>socksort run</c> would stumble over beyond the file itself. Starts nothing, and writes nothing that stays.</summary>
/// <param name="configuration">Where its file has mistakes, defaults stand in their places.</param>
internal sealed class ConfigurationCheck(RunConfiguration configuration)
{
    private readonly List<ConfigurationMistake> _mistakes = [];

    /// <summary>In the order in which a run would find them.</summary>
    public async Task<IReadOnlyList<ConfigurationMistake>> FindAsync(CancellationToken cancellation)
    {
        _mistakes.AddRange(configuration.MissingForRun());
        var model = await ModelAsync(cancellation);
        CheckFolder();
        Try("log.address", new LogPlace(configuration.Data, configuration.Log.Kafka).Check);
        for (var index = 0; index < configuration.Cameras.Count; index++)
            await CheckCameraAsync(index, model);
        CheckBroker();
        _mistakes.AddRange(await new ScriptCheck(configuration).FindAsync(cancellation));
        CheckCertificate();
        CheckPorts();
        return _mistakes;
    }

    private async Task<ModelPackage?> ModelAsync(CancellationToken cancellation)
    {
        if (configuration.Model is not { } path)
            return null;
        try
        {
            return await ModelFile.ReadAsync(path, cancellation);
        }
        catch (Exception error) when (ExpectedErrors.Is(error))
        {
            Add("model", error.Message);
            return null;
        }
    }

    private void CheckFolder()
    {
        if (FolderProbe.Problem(configuration.Data) is { } problem)
            Add("data", problem);
    }

    private async Task CheckCameraAsync(int index, ModelPackage? model)
    {
        var (camera, key) = (configuration.Cameras[index], $"cameras[{index}]");
        if (camera.Source.Length > 0)
            await TryAsync($"{key}.source", () => CameraSource.CheckAsync(camera.Source, RunCameras.OptionsOf(camera)));
        if (CameraSource.IsBrowser(camera.Source) && configuration.Listen.View.Count == 0)
            Add("listen.view", CameraSource.NeedsView(camera.Source, RunCameras.NoViewAdvice).Message);
        if (model is not null)
            Try($"{key}.unknown", () => RunCameras.RequireThreshold(camera, model));
    }

    private void CheckBroker()
    {
        if (configuration.Broker is not { } broker)
            return;
        if (broker.Users is { } users)
            Try("broker.users", () => BrokerUsers.Load(users));
        if (broker.Rights is { } rights)
            Try("broker.acl", () => BrokerRights.Load(rights));
        if (broker.Certificate is { } file)
            Try("broker.certificate", () => CertificateFiles.Read(file, broker.Key, "broker."));
    }

    private void CheckCertificate()
    {
        var listen = configuration.Listen;
        if (listen.Certificate is { } file)
            Try("listen.certificate", () => CertificateFiles.Read(file, listen.Key, "listen."));
    }

    /// <summary>Whether each can be had now: none while this very configuration runs.</summary>
    private void CheckPorts()
    {
        var surfaces = new RunListening(configuration, TextWriter.Null, NullLoggerFactory.Instance).All();
        var doors = configuration.Broker is { } broker ? RunBroker.Ports(broker) : [];
        List<(string Key, System.Net.IPAddress Address, int Port)> wanted =
        [
            .. surfaces.Select(surface => (surface.Key, surface.Address.Address, surface.Address.Port)),
            .. doors.Select(door => ("broker.listen", door.Address, door.Port)),
        ];
        foreach (var (key, address, port) in wanted)
        {
            if (PortProbe.Problem(address, port) is { } problem)
                Add(key, problem);
        }
        foreach (var twice in wanted.Where(one => one.Port != 0).GroupBy(one => one.Port).Where(same => same.Count() > 1))
        {
            var keys = twice.Select(one => one.Key).Distinct().ToList();
            if (keys.Count > 1)
                Add(keys[^1], $"port {twice.Key} is asked for by {keys[0]}, too; choose another");
        }
    }

    private void Try<T>(string key, Func<T> check) => TryAsync(key, () => Task.FromResult(check())).GetAwaiter().GetResult();

    private void Try(string key, Action check) => TryAsync(key, () =>
    {
        check();
        return Task.CompletedTask;
    }).GetAwaiter().GetResult();

    private async Task TryAsync(string key, Func<Task> check)
    {
        try
        {
            await check();
        }
        catch (Exception error) when (ExpectedErrors.Is(error))
        {
            Add(key, error.Message);
        }
    }

    private void Add(string key, string problem) => _mistakes.Add(configuration.MistakeAt(key, problem));
}
