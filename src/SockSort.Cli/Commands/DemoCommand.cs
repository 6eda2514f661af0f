using System.CommandLine;
using SockSort.Cli.Demo;
using SockSort.Cli.Output;
using Spectre.Console;

namespace SockSort.Cli.Commands;

/// <summary><c>socksort demo</c>: the whole way of a sock in one process.</summary>
internal static class DemoCommand
{
    private static readonly Option<string?> Photos = new("--photos")
    {
        Description = "Photos to learn from, a folder per sock; drawn where it is not given",
        HelpName = "DIR",
    };

    private static readonly Option<string?> Camera = new("--camera")
    {
        Description = "Folder of pictures (a labels.csv in it tells the truth), GIF, video file, /dev/video0, rtsp://HOST/PATH or synthetic:SEED; repeats until --for ends",
        HelpName = "SOURCE",
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

    private static readonly Option<string?> Report = new("--report") { Description = "Write the figures there as JSON", HelpName = "FILE.json" };

    private static readonly Option<string> Data = DataOption.Create("Folder of the log, the model and the broker's credentials");

    private static readonly Option<int?> ViewPort = new Option<int?>("--view-port")
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
        Description = "Another broker (mqtt://HOST:PORT) in place of the demo's own; user and password from MQTT_USERNAME and MQTT_PASSWORD",
        HelpName = "URI",
    };

    private static readonly Option<double> Fps = new Option<double>("--fps")
    {
        Description = "Frames per second",
        DefaultValueFactory = _ => 4,
        HelpName = "FPS",
    }.Within(0.1, 60);

    public static Command Create()
    {
        var command = new Command("demo", """
            Socks come past a camera, are recognised, travel over MQTT into the log and are paired by SQL.

            Example:
              socksort demo
              socksort demo --photos my-socks --camera /dev/video0 --for 5m --report figures.json
            """)
        {
            Photos, Camera, Length, Seed, Report, Data, ViewPort, MqttPort, Broker, Fps,
        };
        command.Validators.Add(line =>
        {
            if (line.GetResult(Photos) is not null && line.GetResult(Camera) is null)
                line.AddError("--photos needs --camera: say where these socks are to be seen (a folder, a video, /dev/video0)");
        });
        command.SetAction(async (line, cancel) =>
        {
            await new DemoRun(OptionsOf(line), AnsiConsole.Console).RunAsync(cancel);
            return CommandLine.Done;
        });
        return command;
    }

    private static DemoOptions OptionsOf(ParseResult line) => new()
    {
        Photos = line.GetValue(Photos),
        Camera = line.GetValue(Camera),
        Length = line.GetValue(Length),
        Seed = line.GetValue(Seed),
        Report = line.GetValue(Report),
        Data = line.GetRequiredValue(Data),
        ViewPort = line.GetValue(ViewPort),
        MqttPort = line.GetValue(MqttPort),
        Broker = line.GetValue(Broker),
        Fps = line.GetValue(Fps),
        IsTerminal = Terminal.IsLive,
    };
}
