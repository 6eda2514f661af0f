using System.Globalization;
using SockSort.Host.Configuration.Schema;
using SockSort.Host.Configuration.Settings;
using SockSort.Host.Configuration.Values;

namespace SockSort.Host.Configuration.Sections;

/// <summary>The keys of an entry of <c>cameras</c>.</summary>
internal static class CameraKeys
{
    private static readonly string[] UsualFields = ["camera", "seq", "ts", "run", "unknown", "second", "learnt"];

    // Which model has seen a frame is asked for rarely, and is the same for thousands of messages.
    private static readonly string[] AllFields = [.. UsualFields, "model"];

    private static readonly ConfigurationKey<string> Source = new(
        "source",
        CameraSourceType.One,
        "Folder of pictures, picture, GIF, video file, video device as /dev/video0, rtsp://HOST/PATH, rtmp://HOST/PATH, http://HOST/PATH "
            + "(rtsps://, rtmps://, https:// too), browser or browser:NAME (a phone, by the page /phone of the live view), "
            + "or synthetic:SEED.")
    { IsRequired = true, Sample = "synthetic:1" };

    private static readonly ConfigurationKey<string> Name = new(
        "name",
        new TextType { Problem = text => text.Length > CameraConfiguration.MostNameCharacters ? "1 to 100 characters" : null },
        "Name in the live view, in the status topic and in the field camera; 1 to 100 characters.")
    { DefaultWords = "one of its own for each source and machine", Example = "desk" };

    private static readonly ConfigurationKey<double> Fps = new(
        "fps", new NumberType(0, CameraConfiguration.MostFps), "Frames per second; 0 is as fast as it goes.")
    { Default = "4" };

    private static readonly ConfigurationKey<bool> Loop = new(
        "loop", FlagType.One, "Begin again when the pictures or the video end.")
    { Default = "false", Sample = "true" };

    private static readonly ConfigurationKey<bool> Follow = new(
        "follow", FlagType.One, "Take new pictures of a folder as they come; it then has no end. Not with loop.")
    { Default = "false" };

    private static readonly ConfigurationKey<TimeSpan> FrameTimeout = new(
        "frame-timeout",
        new DurationType(TimeSpan.FromMilliseconds(1), CameraConfiguration.LongestFrameTimeout),
        "After this long without a frame, or three times its usual interval, a camera is opened again; a file is given up.")
    { Default = "10s" };

    private static readonly ConfigurationKey<string> User = new(
        "user", TextType.Any, "User of a network camera; goes before the one in its address.")
    { Example = "viewer" };

    private static readonly ConfigurationKey<string> Password = new(
        "password",
        PasswordType.One,
        "Password of a network camera; {user} and {password} in the address's path or query are filled in.")
    { Example = "${file:secrets.properties:CAMERA_PASSWORD}" };

    private static readonly ConfigurationKey<string> Topic = new(
        "topic", MqttKeys.TopicType, "MQTT topic of what this camera sees.")
    { DefaultWords = "mqtt.topic", Example = "sockfound" };

    private static readonly ConfigurationKey<IReadOnlyList<string>> Fields = new(
        "fields",
        new ListType<string>(
            new ChoiceType<string>([.. AllFields.Select(field => (field, field))]), $"list of {string.Join(", ", AllFields)}")
        { Check = CheckFields },
        "Further fields of each message: the camera's name, the message's number in its run, the frame's time, the run's id, how "
            + "little the frame is like any sock that was taught (0 to 1), the next probable label and its probability, "
            + "whether the sock was just learnt, the model's version.")
    { Default = $"[{string.Join(", ", UsualFields)}]" };

    private static readonly ConfigurationKey<string> PublishEvery = new(
        "publish-every",
        new TextType { Problem = text => IsEvery(text) ? null : "frame, change, or 0.001 to 86400 seconds" },
        "Which frames have a message: each frame, each change of the label, or each change and so many seconds after the last message.")
    { Default = "frame" };

    private static readonly ConfigurationKey<long?> Buffer = new(
        "buffer", new LimitType<long>("none", SizeType.One),
        "Most bytes of messages that wait on disk for the broker; beyond it the oldest go. With none they wait in memory.")
    { Default = "64MB" };

    private static readonly ConfigurationKey<long?> KeepFrames = new(
        "keep-frames", new LimitType<long>("none", SizeType.One),
        "Most bytes of pictures that are kept in memory by run and seq of their messages, and served at /frames/RUN/SEQ.jpg of the live "
            + "view; beyond it the oldest go. Needs the fields seq and run.")
    { Default = "64MB" };

    private static readonly ConfigurationKey<bool> Unknown = new(
        "unknown", FlagType.One,
        "Tell a frame that is like none of the taught socks, by the model's own threshold, as unknown, not as the best class.")
    { Default = "false" };

    public static Section<CameraConfiguration> Section { get; } = new(
        [Source, Name, Fps, Loop, Follow, FrameTimeout, User, Password, Topic, Fields, PublishEvery, Buffer, KeepFrames, Unknown],
        Build)
    {
        Check = Check,
    };

    /// <summary>Rejects two cameras of the same name, which could not be told apart.</summary>
    public static void CheckNames(IReadOnlyList<CameraConfiguration?> cameras, string key, Reading reading)
    {
        var first = new Dictionary<string, int>();
        for (var i = 0; i < cameras.Count; i++)
        {
            if (cameras[i]?.Name is not { } name || first.TryAdd(name, i))
                continue;
            var path = $"{key}[{i}].name";
            reading.Report(reading.PlaceOf(path), path, $"is the name of {key}[{first[name]}] too", "give each camera a name of its own");
        }
    }

    private static CameraConfiguration Build(SectionValues values) => new()
    {
        Source = values.Of(Source) ?? "",
        Name = values.Of(Name),
        Fps = values.Of(Fps),
        Loop = values.Of(Loop),
        Follow = values.Of(Follow),
        FrameTimeout = values.Of(FrameTimeout),
        User = values.Of(User),
        Password = values.Of(Password),
        Topic = values.Of(Topic) ?? "",
        Fields = values.Of(Fields) ?? [],
        PublishEvery = values.Of(PublishEvery) ?? "",
        BufferBytes = values.Of(Buffer) ?? 0,
        KeepFrameBytes = values.Of(KeepFrames) ?? 0,
        Unknown = values.Of(Unknown),
    };

    private static void Check(SectionValues values)
    {
        if (values.Of(Follow) && values.Of(Loop))
            values.Report(Loop, "is true, and follow never ends: nothing begins again", "leave out one of them");
        if (values.Of(Source) is not { } source)
            return;
        if (values.Of(Follow) && !CameraSourceType.IsPath(source))
            values.Report(Follow, "is true, and source is no folder", "only a folder takes new pictures as they come");
        foreach (var key in new ConfigurationKey[] { User, Password })
        {
            if (values.Has(key) && !CameraSourceType.IsAddress(source))
                values.Report(key, "needs an address as source, as rtsp://HOST/PATH", "leave it out: a folder or a device has no users");
        }
    }

    private static void CheckFields(IReadOnlyList<string?> fields, string key, Reading reading)
    {
        var told = new HashSet<string>();
        for (var i = 0; i < fields.Count; i++)
        {
            if (fields[i] is { } field && !told.Add(field))
                reading.Report(reading.PlaceOf($"{key}[{i}]"), $"{key}[{i}]",
                    $"is {field}, which is there already", "name each field once");
        }
    }

    // The room of cameras reads it again: this one knows no cameras.
    private static bool IsEvery(string text)
    {
        if (text is "frame" or "change")
            return true;
        return double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
            && seconds is >= 0.001 and <= 86_400;
    }
}
