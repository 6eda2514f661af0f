using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Logging;
using SockSort.Cli.Brokers;
using SockSort.Dashboard.Serving;
using SockSort.Host.Parts;
using Spectre.Console;

namespace SockSort.Cli.Demo;

/// <summary>Runs the demo from the command to the summary.</summary>
internal sealed class DemoRun(DemoOptions options, IAnsiConsole console, ILoggerFactory loggers)
{
    private readonly DateTimeOffset _start = DateTimeOffset.UtcNow;

    /// <returns>True if every message has arrived.</returns>
    public async Task<bool> RunAsync(CancellationToken cancel)
    {
        // Opened once before the training, so that a wrong source is reported at once.
        await using (DemoCamera.Open(options))
        {
        }
        var model = new DemoModel(options, console);
        var learnt = await model.PrepareAsync(cancel);
        await using var host = new PartHost(loggers);
        var session = await DemoSession.StartAsync(host, options, learnt, Line, cancel);
        Introduce(session);
        await using (var screen = ScreenFor(session))
            await session.RunAsync(screen, cancel);
        var firstFrame = (session.FirstFrameAt - _start)?.TotalSeconds;
        var report = await session.ReportAsync(firstFrame is { } seconds ? Math.Round(seconds, 2) : null, model.TrainSeconds);
        Line("");
        foreach (var line in DemoSummary.Lines(report))
            Line(line);
        Line($"the log     socksort topic print data_mqtt --from-beginning --exit-at-end --data {options.Data}");
        if (options.Report is { } path)
            report.Write(path);
        if (session.Failure is { } failure)
            ExceptionDispatchInfo.Throw(failure);
        return report.IsWhole;
    }

    private IDemoScreen ScreenFor(DemoSession session) =>
        options.IsTerminal ? new LiveScreen(console, session.View.Address.ToString()) : new PlainScreen(Console.Out);

    private void Introduce(DemoSession session)
    {
        var certificate = session.View.IsCertificateSelfMade
            ? $" (its certificate is self-made: SHA-256 {session.View.CertificateSha256[..23]}…)"
            : "";
        Line($"live view   {session.View.Address}{certificate}");
        foreach (var address in session.View.AddressesElsewhere)
            Line($"            from elsewhere {address}");
        if (!session.View.IsShownToAll)
            Line($"dashboard   {new Uri(session.View.Address, DashboardSurface.Path)}");
        foreach (var line in session.View.PhoneLines("--live-view-listen 0.0.0.0, and a password"))
            Line($"phone       {line}");
        var user = session.Broker is null ? "" : $", {BrokerCredentials.Shown(session.Endpoint, options.Data)}";
        Line($"broker      {session.Endpoint}, topic sockfound{user}");
        if (session.Broker is not null)
            Line($"            mosquitto_sub -h {session.Endpoint.Host} -p {session.Endpoint.Port} -u {session.Endpoint.User} -P \"$(sed "
                + $"-n s/^MQTT_PASSWORD=//p {BrokerCredentials.FileIn(options.Data)})\" -t sockfound");
        foreach (var line in session.Broker is null ? [] : options.BrokerSetup?.Lines(session.Broker) ?? [])
            Line($"            {line}");
        Line($"queries     {DemoQueries.ScriptPath}");
    }

    private void Line(string text) => console.Profile.Out.Writer.WriteLine(text);
}
