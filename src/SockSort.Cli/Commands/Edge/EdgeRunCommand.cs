using System.CommandLine;
using System.CommandLine.Parsing;
using Microsoft.Extensions.Logging;
using SockSort.Cli.Bundles;
using SockSort.Cli.Output;
using SockSort.Cli.Parts;
using SockSort.Cli.Recognition;
using SockSort.Edge.Cameras;
using SockSort.Edge.HomeAssistant;
using SockSort.Edge.Kept;
using SockSort.Edge.LiveView;
using SockSort.Edge.Loop;
using SockSort.Host.Parts;
using SockSort.Models.Inference;
using SockSort.Mqtt;

namespace SockSort.Cli.Commands.Edge;

/// <summary><c>socksort edge run</c>: recognises what a camera sees and tells of it.</summary>
internal static class EdgeRunCommand
{
    private const string PasswordVariable = "MQTT_PASSWORD";

    private static readonly Option<string?> Bundle = new("--bundle")
    {
        Description = "A bundle of 'socksort edge pack', which says all the rest",
        HelpName = "file",
    };

    private static readonly Option<string> Model = new("--model")
    {
        Description = "Model package (model.tar.gz); required without --bundle",
        HelpName = "file",
    };

    private static readonly Option<string[]> ModelFrom = new Option<string[]>("--model-from")
    {
        Description = "Where models may come from that are ordered over MQTT, beside the model's own folder: a folder, or what https:// "
            + "addresses begin with; may be given several times; none takes no orders",
        HelpName = "place|none",
        Validators = { EdgeOptionTexts.CheckPlaces },
    };

    private static readonly Option<string> Camera = new("--camera")
    {
        Description = CameraKinds.Help + "; required without --bundle",
        HelpName = "source",
    };

    private static readonly Option<string> Mqtt = new("--mqtt")
    {
        Description = "Broker, as in mqtt://localhost:1883 (mqtts:// for TLS); may hold USER:PASSWORD@; required without --bundle",
        HelpName = "uri",
    };

    private static readonly Option<string> Topic = new("--topic")
    {
        Description = "MQTT topic",
        DefaultValueFactory = _ => EdgeOptions.DefaultTopic,
        HelpName = "topic",
        Validators = { EdgeOptionTexts.CheckTopic },
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

    private static readonly Option<string> Version = MqttVersionOption.Create();

    private static readonly Option<double> Fps = new Option<double>("--fps")
    {
        Description = "Frames per second, 0 = as fast as it goes",
        DefaultValueFactory = _ => 4,
        HelpName = "fps",
    }.Within(0, CameraOptions.MostFps);

    private static readonly Option<bool> Loop = new("--loop") { Description = "Begin again when the pictures or the video end" };

    private static readonly Option<bool> Follow = new("--follow")
    {
        Description = "Take new pictures of a folder as they come, each when it is whole; it then has no end",
    };

    private static readonly Option<double> FrameTimeout = new Option<double>("--frame-timeout")
    {
        Description = "Seconds without a frame after which a camera is opened again, or three times its usual interval; a file is given up",
        DefaultValueFactory = _ => 10,
        HelpName = "seconds",
    }.Within(0.001, CameraOptions.LongestFrameTimeout.TotalSeconds);

    private static readonly Option<string?> Name = CameraNameOption.Create(
        "Name in the live view, in the status topic and in the field 'camera' (default: one of its own for each source and machine)",
        "name");

    private static readonly Option<MessageFields> Fields = new("--fields")
    {
        Description = "More fields in each message, parted by commas: camera, seq, ts, run, unknown, second, learnt, model",
        CustomParser = EdgeOptionTexts.FieldsOf,
        HelpName = "fields",
    };

    private static readonly Option<PublishEvery> Every = new("--publish-every")
    {
        Description = "Which frames have a message: each 'frame', each 'change' of the label, or each change and so many seconds after "
            + "the last message",
        DefaultValueFactory = _ => PublishEvery.Frame,
        CustomParser = EdgeOptionTexts.EveryOf,
        HelpName = "frame|change|seconds",
    };

    private static readonly Option<DirectoryInfo?> Buffers = new("--buffer")
    {
        Description = "Folder in which messages wait for the broker, also while the program is not running (default: in the user's data)",
        HelpName = "folder",
    };

    private static readonly Option<long> BufferSize = new("--buffer-size")
    {
        Description = "Most that waits there, as in 64MB; beyond it the oldest messages are dropped",
        DefaultValueFactory = _ => 64_000_000,
        CustomParser = Sizes.ParseOption,
        HelpName = "size",
    };

    private static readonly Option<bool> NoBuffer = new("--no-buffer") { Description = "Let messages wait in memory only" };

    private static readonly Option<long> KeepFrames = new("--keep-frames")
    {
        Description = "Most bytes of pictures kept in memory, served at /frames/RUN/SEQ.jpg of the live view, as in 64MB, or none; needs "
            + "--fields run,seq",
        DefaultValueFactory = _ => FrameStore.DefaultBytes,
        CustomParser = EdgeOptionTexts.KeepOf,
        HelpName = "size|none",
    };

    private static readonly Option<string?> HomeAssistant = new("--home-assistant")
    {
        Description = "Let Home Assistant find the camera by MQTT discovery: last sock, confidence, last pair, online, picture "
            + $"(prefix of the topics: {HomeAssistantDiscovery.DefaultPrefix})",
        Arity = ArgumentArity.ZeroOrOne,
        CustomParser = EdgeOptionTexts.PrefixOf,
        HelpName = "prefix",
    };

    private static readonly Option<bool> Unknown = new("--unknown")
    {
        Description = $"Tell a frame that is like none of the taught socks as '{EdgeOptions.UnknownLabel}', not as the best class",
    };

    private static readonly Option<int> Port = new("--live-view-port")
    {
        Description = "Port of the live view, 0 = a free one",
        DefaultValueFactory = _ => LiveViewOptions.DefaultPort,
        HelpName = "port",
    };

    private static readonly Option<bool> NoView = new("--no-live-view") { Description = "Serve no live view" };

    private static readonly LiveViewArguments View = new();
    private static readonly LogArguments Logging = new(LogLevel.None);

    private static string UserData => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "socksort");

    public static Command Create()
    {
        var run = new Command("run", """
            Recognises what the camera sees, publishes it by MQTT, shows it in the browser.

            Example:
              socksort edge run --model model.tar.gz --camera synthetic:1 --mqtt mqtt://localhost:1883 --loop
            """)
        {
            Bundle, Model, ModelFrom, Camera, CameraAccountOptions.User, CameraAccountOptions.PasswordPath, Mqtt, Topic, User, PasswordPath,
            Version, Fps, Loop, Follow, FrameTimeout, Name, Fields, Every, Buffers, BufferSize, NoBuffer, KeepFrames, HomeAssistant,
            Unknown, Port, NoView,
        };
        View.AddTo(run);
        Logging.AddTo(run);
        run.Validators.Add(CameraKinds.CheckFollow(Follow, Loop));
        run.Validators.Add(CheckBundle);
        run.Validators.Add(CheckKeepFrames);
        run.SetAction(RunAsync);
        return run;
    }

    private static async Task<int> RunAsync(ParseResult line, CancellationToken cancel)
    {
        if (line.GetValue(Bundle) is { } bundle)
            return await RunBundleAsync(bundle, line, cancel);
        // What can be wrong in the command line comes first, what takes time after it.
        var endpoint = EndpointOf(line);
        var view = line.GetValue(NoView) ? null : View.ListeningOf(line, line.GetValue(Port), Port.Name, UserData);
        var source = line.GetRequiredValue(Camera);
        using var logging = Logging.Open(line);
        await using var host = new PartHost(logging.Loggers);
        var options = CameraOptionsOf(line, source) with { Loggers = host.Loggers };
        var camera = CameraParts.OpenCamera(host, "camera", () => CameraSource.Open(source, options));
        var name = CameraParts.HoldName(host, line.GetValue(Name), source, endpoint);
        var (path, tellsUnknown) = (line.GetRequiredValue(Model), line.GetValue(Unknown));
        var model = await ModelFile.ReadVersionAsync(path, cancel);
        if (tellsUnknown && RejectionRule.Of(model.Package.Card) is null)
            throw NoThreshold(path);
        var console = new EdgeConsole();
        var topic = line.GetRequiredValue(Topic);
        var parts = await CameraParts.StartAsync(host, new CameraPlan
        {
            Camera = camera,
            Name = name,
            Model = CameraParts.OpenModel(host, model, CameraParts.ModelOptions(path, PlacesOf(line), tellsUnknown)),
            TellsUnknown = tellsUnknown,
            Broker = endpoint,
            Edge = new EdgeOptions
            {
                Topic = topic,
                Fields = line.GetValue(Fields),
                PublishEvery = line.GetValue(Every)!,
            },
            Buffers = line.GetValue(NoBuffer) ? null : line.GetValue(Buffers)?.FullName ?? Path.Combine(UserData, "buffer"),
            BufferBytes = line.GetValue(BufferSize),
            KeepFrameBytes = line.GetValue(KeepFrames),
            HomeAssistant = line.GetValue(HomeAssistant),
            View = view,
            ViewOptions = new LiveViewOptions
            {
                CameraName = name,
                Resolution = View.ResolutionOf(line),
                Embedders = View.EmbeddersOf(line),
            },
            Panels = EdgeConsole.Panels,
        }, cancel);
        console.Start(camera, name, parts, endpoint, topic);
        return await console.RunAsync(parts.Runner, camera, parts.Publisher, cancel);
    }

    private static Task<int> RunBundleAsync(string bundle, ParseResult line, CancellationToken cancel)
    {
        // By the path, not by what is in it: messages that wait for the broker are sent by the next bundle of this name.
        var folder = Path.Combine(UserData, "bundles", CameraName.FolderName(Path.GetFileName(bundle), Path.GetFullPath(bundle)));
        EdgeBundle.Unpack(bundle, folder);
        return RunCommand.RunAsync(Path.Combine(folder, EdgeBundle.ConfigurationPlace), Logging, line, cancel);
    }

    private static void CheckBundle(CommandResult run)
    {
        foreach (var option in new Option[] { Model, Camera, Mqtt })
        {
            var isGiven = run.GetResult(option) is { Implicit: false };
            if (run.GetResult(Bundle) is null && !isGiven)
                run.AddError($"Option '{option.Name}' is required.");
            else if (run.GetResult(Bundle) is not null && isGiven)
                run.AddError($"--bundle says what {option.Name} would say: leave out {option.Name}");
        }
    }

    private static void CheckKeepFrames(CommandResult run)
    {
        var isAskedFor = run.GetResult(KeepFrames) is { Implicit: false } && run.GetValue(KeepFrames) > 0;
        if (isAskedFor && !run.GetValue(Fields).HasFlag(MessageFields.Run | MessageFields.Seq))
            run.AddError("--keep-frames keeps frames by the run and seq of their messages: give --fields run,seq too");
    }

    private static CameraOptions CameraOptionsOf(ParseResult line, string source) => new()
    {
        Fps = line.GetValue(Fps),
        Loop = line.GetValue(Loop),
        Follow = line.GetValue(Follow),
        FrameTimeout = TimeSpan.FromSeconds(line.GetValue(FrameTimeout)),
        Account = CameraAccountOptions.Of(line, source),
    };

    /// <returns>Null = the model's own folder only; empty = no orders are taken.</returns>
    private static string[]? PlacesOf(ParseResult line) => line.GetValue(ModelFrom) switch
    {
        null or [] => null,
        ["none"] => [],
        var places => places,
    };

    private static CommandException NoThreshold(string model) =>
        new($"{model}: --unknown needs a rejection threshold and model.json holds none; 'socksort train' makes a model with one");

    private static MqttEndpoint EndpointOf(ParseResult line)
    {
        var password = PasswordFile.Read(line.GetValue(PasswordPath), PasswordVariable);
        return MqttEndpoint.Parse(line.GetRequiredValue(Mqtt), line.GetValue(User), password) with { Version = line.VersionOf(Version) };
    }
}
