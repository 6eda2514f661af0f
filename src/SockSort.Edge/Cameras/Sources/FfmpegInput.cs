using System.Text;
using SockSort.Edge.Cameras.Addresses;

namespace SockSort.Edge.Cameras.Sources;

/// <summary>
/// Input for ffmpeg and the way to name it: on the command line or, if every user of the machine could read a password there, through a
/// pipe.
/// </summary>
internal sealed record FfmpegInput
{
    /// <summary>ffmpeg's name for its standard input.</summary>
    private const string Pipe = "pipe:0";

    // 'file' is not allowed: a list or playlist that a camera sends must not name files of this machine.
    private const string Protocols = "pipe,rtp,srtp,udp,tcp,tls,http,https,httpproxy,rtmp,rtmps,rtmpt,rtmpts,ffrtmphttp,crypto,data";

    // ffmpeg recognises some formats by their first bytes, and some list their streams only there.
    private const int ProbeBytes = 8192;

    // Decoding on several threads would hold back one frame for each of them: half a minute for a camera of one frame in ten seconds.
    private static readonly string[] OneByOne = ["-thread_type", "slice"];

    private CameraAddress? _address;
    private string _named = Pipe;

    private FfmpegInput(IReadOnlyList<string> arguments, string? script) => (Arguments, Script) = (arguments, script);

    /// <summary>
    /// Options that make ffmpeg hand out a stream's frames from the first one on. By default it first analyses five seconds of the stream,
    /// or several frames of a slow camera.
    /// </summary>
    public static IReadOnlyList<(string Name, string Value)> Prompt { get; } =
    [
        ("probesize", "32"), ("analyzeduration", "0"), ("fpsprobesize", "0"),
    ];

    /// <summary>Arguments that name the input. They hold no secret, because other users can read the command line of a process.</summary>
    public IReadOnlyList<string> Arguments { get; }

    /// <summary>Text written to ffmpeg's standard input; null for none. <b>May hold a password.</b></summary>
    public string? Script { get; }

    /// <summary>Stream that is copied to ffmpeg's standard input until it ends; null for none.</summary>
    public Stream? Body { get; private init; }

    /// <param name="arguments">Arguments for ffmpeg that include <c>-i</c>; without secrets.</param>
    public static FfmpegInput Local(params string[] arguments) => new(arguments, script: null);

    /// <param name="path">File that holds the whole response of <paramref name="address"/>.</param>
    public static FfmpegInput Downloaded(CameraAddress address, string path) =>
        new(["-i", "file:" + path], script: null) { _address = address, _named = "file:" + path };

    /// <param name="path">Path of a video device.</param>
    public static FfmpegInput Device(string path) => new([.. AsListed(Prompt), .. OneByOne, "-f", "v4l2", "-i", path], script: null);

    /// <param name="body">Body of the response that the camera at <paramref name="address"/> is sending.</param>
    public static FfmpegInput Stream(CameraAddress address, Stream body) =>
        new([.. AsListed(Prompt), "-probesize", $"{ProbeBytes}", .. OneByOne, "-i", Pipe], script: null)
        {
            _address = address,
            Body = body,
        };

    /// <param name="address">Address without secrets, because it stands on ffmpeg's command line.</param>
    /// <param name="options">Options of the protocol and of the format.</param>
    public static FfmpegInput Open(CameraAddress address, IEnumerable<(string Name, string Value)> options) =>
        new([.. AsListed(options), .. OneByOne, "-protocol_whitelist", Protocols, "-i", address.WithCredentials], script: null)
        {
            _address = address,
        };

    /// <param name="address">
    /// Passed to ffmpeg as the only entry of a list for its concat demuxer, which opens it as <c>-i</c> would.
    /// </param>
    /// <param name="options">
    /// Options of the protocol and of the format (<c>rtsp_transport</c>): on the command line they would apply to the list.
    /// </param>
    /// <remarks>Needs ffmpeg 5.0, the first version whose lists support options. The list is never written to a disk.</remarks>
    public static FfmpegInput Address(CameraAddress address, IEnumerable<(string Name, string Value)> options)
    {
        var script = new StringBuilder($"ffconcat version 1.0\nfile {Quoted(address.WithCredentials)}\n");
        foreach (var (name, value) in options)
            script.Append($"option {name} {Quoted(value)}\n");
        // The camera's stream is analysed when the list opens it; analysing the list's own stream again would take the same time once more.
        string[] arguments =
        [
            "-analyzeduration", "1", .. OneByOne, "-protocol_whitelist", Protocols, "-f", "concat", "-safe", "0", "-i", Pipe,
        ];
        return new(arguments, script.ToString()) { _address = address };
    }

    /// <summary>Returns text of ffmpeg with the input named as it may be shown.</summary>
    public string Redact(string text) =>
        _address is null ? text : _address.Redact(text.Replace(_named, _address.Shown, StringComparison.Ordinal));

    private static IEnumerable<string> AsListed(IEnumerable<(string Name, string Value)> options) =>
        options.SelectMany(option => new[] { $"-{option.Name}", option.Value });

    // ffmpeg-utils, "Quoting and escaping": between single quotes everything is literal except the quote itself.
    private static string Quoted(string text) => $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
