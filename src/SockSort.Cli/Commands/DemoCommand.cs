using System.CommandLine;
using Microsoft.Extensions.Logging;
using SockSort.Cli.Brokers;
using SockSort.Cli.Demo;
using SockSort.Cli.Output;
using SockSort.Cli.Recognition;
using SockSort.Edge.LiveView;
using SockSort.Host.Listening;
using Spectre.Console;

namespace SockSort.Cli.Commands;

/// <summary><c>socksort demo</c>: the whole pipeline from camera to SQL in one process.</summary>
internal static class DemoCommand
{
    private static readonly Option<string?> Photos = new("--photos")
    {
        Description = "Photos to learn from, a folder per sock; drawn where it is not given",
        HelpName = "DIR",
    };

    private static readonly Option<string?> Camera = new("--camera")
    {
        Description = $"{CameraKinds.Help}; repeats until --for ends",
        HelpName = "SOURCE",
    };

    private static readonly Option<string?> Name = CameraNameOption.Create(
        "Name in the live view and in the status topic (default: the source, and 'demo'; at another broker one of its own for "
            + "each source and machine)",
        "NAME");

    private static readonly Option<bool> Follow = new("--follow")
    {
        Description = "Take new pictures of the camera's folder as they come, instead of repeating it",
    };

    private static readonly Option<TimeSpan> Length = new("--for")
    {
        Description = "How long: 40s, 2m, 1h",
        CustomParser = Durations.ParseOption,
        DefaultValueFactory = _ => TimeSpan.FromSeconds(60),
        HelpName = "TIME",
    };

    private static readonly Option<int> Seed = new("--seed")
    {
        Description = "Says which socks are drawn, and how training changes the photos",
        DefaultValueFactory = _ => 1,
        HelpName = "N",
    };

    private static readonly Option<string?> Report = new("--report")
    {
        Description = "Write the figures there as JSON",
        HelpName = "FILE.json",
    };

    private static readonly Option<string> Data = DataOption.Create("Folder of the log, the model and the broker's credentials");

    private static readonly Option<int?> ViewPort = new Option<int?>("--view-port", "--live-view-port")
    {
        Description = "Port of the live view, 0 = a free one; by default 4000, or a free one where that is taken",
        HelpName = "PORT",
    }.Within(0, 65535);

    private static readonly Option<int> MqttPort = new Option<int>("--mqtt-port")
    {
        Description = "Port of the demo's own broker, 0 = a free one",
        HelpName = "PORT",
    }.Within(0, 65535);

    private static readonly Option<string?> Broker = new("--mqtt")
    {
        Description =
            "Another broker (mqtt://HOST:PORT) in place of the demo's own; user and password from MQTT_USERNAME and MQTT_PASSWORD",
        HelpName = "URI",
    };

    private static readonly Option<string> Version = MqttVersionOption.Create();
    private static readonly BrokerArguments OwnBroker = new();

    private static readonly Option<double> Fps = new Option<double>("--fps")
    {
        Description = "Frames per second",
        DefaultValueFactory = _ => 4,
        HelpName = "FPS",
    }.Within(0.1, 60);

    private static readonly LiveViewArguments View = new();
    private static readonly LogArguments Logging = new(LogLevel.None);

    public static Command Create()
    {
        var command = new Command("demo", """
            Socks come past a camera, are recognised, travel over MQTT into the log and are paired by SQL.

            Example:
              socksort demo
              socksort demo --photos my-socks --camera /dev/video0 --for 5m --report figures.json
            """)
        {
            Photos, Camera, CameraAccountOptions.User, CameraAccountOptions.PasswordPath, Name, Follow, Length, Seed, Report, Data,
            ViewPort, MqttPort,
            Broker, Version, Fps,
        };
        OwnBroker.AddTo(command, inPlaceOfIt: Broker);
        View.AddTo(command);
        Logging.AddTo(command);
        command.Validators.Add(line =>
        {
            if (line.GetResult(Photos) is not null && line.GetResult(Camera) is null)
                line.AddError("--photos needs --camera: say where these socks are to be seen (a folder, a video, /dev/video0)");
        });
        command.Validators.Add(line =>
        {
            if (line.GetResult(Follow) is { Implicit: false } && line.GetResult(Camera) is null)
                line.AddError("--follow needs --camera: say which folder is to be followed");
        });
        command.SetAction(async (line, cancel) =>
        {
            using var logging = Logging.Open(line);
            var isWhole = await new DemoRun(OptionsOf(line), AnsiConsole.Console, logging.Loggers).RunAsync(cancel);
            return isWhole ? ExitCode.Done : ExitCode.Failed;
        });
        return command;
    }

    private static WebListening ViewOf(ParseResult line)
    {
        var certificates = Path.Combine(line.GetRequiredValue(Data), "certificate");
        var port = line.GetValue(ViewPort);
        return View.ListeningOf(line, port ?? LiveViewOptions.DefaultPort, ViewPort.Name, certificates) with
        {
            AnyPortIfTaken = port is null,
        };
    }

    private static DemoOptions OptionsOf(ParseResult line) => new()
    {
        Photos = line.GetValue(Photos),
        Camera = line.GetValue(Camera),
        Account = line.GetValue(Camera) is { } camera ? CameraAccountOptions.Of(line, camera) : null,
        CameraName = line.GetValue(Name),
        Follow = line.GetValue(Follow),
        Length = line.GetValue(Length),
        Seed = line.GetValue(Seed),
        Report = line.GetValue(Report),
        Data = line.GetRequiredValue(Data),
        View = ViewOf(line),
        Resolution = View.ResolutionOf(line),
        Embedders = View.EmbeddersOf(line),
        MqttPort = line.GetValue(MqttPort),
        Broker = line.GetValue(Broker),
        MqttVersion = line.VersionOf(Version),
        BrokerSetup = OwnBroker.Of(line, line.GetRequiredValue(Data)),
        Fps = line.GetValue(Fps),
        IsTerminal = Terminal.IsLive,
    };
}
