using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using SockSort.Cli.Output;
using SockSort.Cli.Recognition;
using SockSort.Edge.Cameras;
using SockSort.Edge.LiveView;
using SockSort.Edge.Loop;
using SockSort.Models.Inference;
using SockSort.Mqtt;

namespace SockSort.Cli.Commands;

/// <summary><c>socksort edge run</c>: what stands at the camera.</summary>
internal static class EdgeCommand
{
    private const string PasswordVariable = "MQTT_PASSWORD";

    private static readonly Option<string> Model = new("--model")
    {
        Description = "Model package (model.tar.gz)",
        Required = true,
        HelpName = "file",
    };

    private static readonly Option<string> Camera = new("--camera")
    {
        Description = "Folder of pictures, GIF, video file, /dev/video0, rtsp://HOST/PATH, or synthetic:SEED",
        Required = true,
        HelpName = "source",
    };

    private static readonly Option<string> Mqtt = new("--mqtt")
    {
        Description = "Broker, as in mqtt://localhost:1883 (mqtts:// for TLS); may hold USER:PASSWORD@",
        Required = true,
        HelpName = "uri",
    };

    private static readonly Option<string> Topic = new("--topic")
    {
        Description = "MQTT topic",
        DefaultValueFactory = _ => EdgeOptions.DefaultTopic,
        HelpName = "topic",
        Validators = { CheckTopic },
    };

    private static readonly Option<string?> User = new("--mqtt-user")
    {
        Description = $"User of the broker; the password comes from the environment variable {PasswordVariable} or --mqtt-password-file",
        HelpName = "user",
    };

    private static readonly Option<FileInfo?> PasswordPath = new("--mqtt-password-file")
    {
        Description = "File whose first line is the broker's password",
        HelpName = "file",
    };

    private static readonly Option<double> Fps = new Option<double>("--fps")
    {
        Description = "Frames per second, 0 = as fast as it goes",
        DefaultValueFactory = _ => 4,
        HelpName = "fps",
    }.Within(0, CameraOptions.MostFps);

    private static readonly Option<bool> Loop = new("--loop") { Description = "Begin again when the pictures or the video end" };

    private static readonly Option<double> FrameTimeout = new Option<double>("--frame-timeout")
    {
        Description = "Seconds for which the camera may give no frame",
        DefaultValueFactory = _ => 10,
        HelpName = "seconds",
    }.Within(0.001, CameraOptions.LongestFrameTimeout.TotalSeconds);

    private static readonly Option<string?> CameraName = new("--camera-name")
    {
        Description = "Name in the live view, in the status topic and in the field 'camera' (default: from --camera)",
        HelpName = "name",
    };

    private static readonly Option<MessageFields> Fields = new("--fields")
    {
        Description = "More fields in each message, parted by commas: camera, seq, ts",
        CustomParser = FieldsOf,
        HelpName = "fields",
    };

    private static readonly Option<bool> Unknown = new("--unknown")
    {
        Description = $"Tell a frame below the model's rejection threshold as '{EdgeOptions.UnknownLabel}', not as the best class",
    };

    private static readonly Option<int> Port = new("--live-view-port")
    {
        Description = "Port of the live view, 0 = a free one",
        DefaultValueFactory = _ => LiveViewOptions.DefaultPort,
        HelpName = "port",
    };

    private static readonly Option<IPAddress> Listen = new("--live-view-listen")
    {
        Description = "Address of the live view; other than loopback lets everybody on the network watch (0.0.0.0 = all)",
        CustomParser = Address,
        DefaultValueFactory = _ => IPAddress.Loopback,
        HelpName = "address",
    };

    private static readonly Option<bool> NoView = new("--no-live-view") { Description = "Serve no live view" };

    public static Command Create() => new("edge", "What stands at the camera: recognises socks and tells of them.") { CreateRun() };

    private static Command CreateRun()
    {
        var run = new Command("run", """
            Recognises what the camera sees, publishes it by MQTT, shows it in the browser.

            Example:
              socksort edge run --model model.tar.gz --camera synthetic:1 --mqtt mqtt://localhost:1883 --loop
            """)
        {
            Model, Camera, Mqtt, Topic, User, PasswordPath, Fps, Loop, FrameTimeout, CameraName, Fields, Unknown, Port, Listen, NoView,
        };
        run.SetAction(RunAsync);
        return run;
    }

    private static async Task<int> RunAsync(ParseResult line, CancellationToken cancel)
    {
        // What can be wrong in the command line comes first, what takes time after it.
        var endpoint = EndpointOf(line);
        var source = line.GetRequiredValue(Camera);
        await using var camera = CameraSource.Open(source, new CameraOptions
        {
            Fps = line.GetValue(Fps),
            Loop = line.GetValue(Loop),
            FrameTimeout = TimeSpan.FromSeconds(line.GetValue(FrameTimeout)),
        });
        var package = await ModelFile.ReadAsync(line.GetRequiredValue(Model), cancel);
        var unknownBelow = line.GetValue(Unknown) ? package.Card.RejectionThreshold ?? throw NoThreshold(line.GetRequiredValue(Model)) : (double?)null;
        using var classifier = new Classifier(package);
        var name = line.GetValue(CameraName) ?? NameOf(camera.Name);
        var console = new EdgeConsole();
        await using var publisher = MqttPublisher.Start(new PublisherOptions { Endpoint = endpoint, StatusTopic = $"socksort/{TopicLevel(name)}/status" });
        EdgeRunner? runner = null;
        await using var view = line.GetValue(NoView) ? null : await LiveViewServer.StartAsync(ViewOf(line, name, () => console.Panels(runner)), cancel);
        runner = new EdgeRunner(camera, classifier, publisher, view, new EdgeOptions
        {
            Topic = line.GetRequiredValue(Topic),
            Fields = line.GetValue(Fields),
            CameraName = name,
            UnknownBelow = unknownBelow,
        });
        console.Start(camera, classifier, endpoint, line.GetRequiredValue(Topic), view);
        return await console.RunAsync(runner, camera, publisher, cancel);
    }

    private static IOException NoThreshold(string model) =>
        new($"{model}: --unknown needs a rejection threshold and model.json holds none; 'socksort train' makes a model with one");

    private static MqttEndpoint EndpointOf(ParseResult line)
    {
        var password = PasswordFile.Read(line.GetValue(PasswordPath), PasswordVariable);
        return MqttEndpoint.Parse(line.GetRequiredValue(Mqtt), line.GetValue(User), password);
    }

    private static LiveViewOptions ViewOf(ParseResult line, string cameraName, Func<IReadOnlyList<LivePanel>> panels) => new()
    {
        Port = line.GetValue(Port),
        PortFlag = Port.Name,
        Listen = line.GetRequiredValue(Listen),
        CameraName = cameraName,
        CertificateFolder = Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "socksort"),
        Panels = panels,
    };

    /// <summary><c>/home/me/socks.gif</c> is <c>socks.gif</c>, <c>rtsp://user:***@door/live</c> is <c>door</c>.</summary>
    private static string NameOf(string source) =>
        Uri.TryCreate(source, UriKind.Absolute, out var address) && address.Host.Length > 0
            ? address.Host
            : Path.GetFileName(Path.TrimEndingDirectorySeparator(source)) is { Length: > 0 } file ? file : "camera";

    /// <summary>[MQTT-4.7.1]: a level holds no separator and no wildcard.</summary>
    private static string TopicLevel(string name) => string.Concat(name.Select(character => character is '/' or '+' or '#' or '\0' ? '-' : character));

    private static void CheckTopic(OptionResult topic)
    {
        try
        {
            foreach (var token in topic.Tokens)
                MqttPublisher.CheckTopic(token.Value);
        }
        catch (MqttException error)
        {
            topic.AddError(error.Message);
        }
    }

    private static MessageFields FieldsOf(ArgumentResult argument)
    {
        var fields = MessageFields.None;
        foreach (var word in argument.Tokens.SelectMany(token => token.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)))
        {
            if (!char.IsAsciiLetterLower(word[0]) || !Enum.TryParse<MessageFields>(word, ignoreCase: true, out var field))
                argument.AddError($"--fields: '{word}' is no field of a message: camera, seq or ts");
            else
                fields |= field;
        }
        return fields;
    }

    private static IPAddress Address(ArgumentResult argument)
    {
        if (argument.Tokens[0].Value == "localhost")
            return IPAddress.Loopback;
        if (IPAddress.TryParse(argument.Tokens[0].Value, out var address))
            return address;
        argument.AddError($"--live-view-listen: '{argument.Tokens[0].Value}' is no IP address, as 127.0.0.1 or 0.0.0.0");
        return IPAddress.Loopback;
    }
}
