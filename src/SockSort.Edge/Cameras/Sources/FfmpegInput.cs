using System.Text;
using SockSort.Edge.Cameras.Addresses;

namespace SockSort.Edge.Cameras.Sources;

/// <summary>
/// What ffmpeg is to read, and how it is told: on its command line, or where every user of the machine could read a password there, through
/// a pipe.
/// </summary>
internal sealed record FfmpegInput
{
    /// <summary>How ffmpeg names its standard input.</summary>
    private const string Pipe = "pipe:0";

    // Not 'file': a list or a playlist that a camera sends must not name files of this machine.
    private const string Protocols = "pipe,rtp,srtp,udp,tcp,tls,http,https,httpproxy,rtmp,rtmps,rtmpt,rtmpts,ffrtmphttp,crypto,data";

    // Some formats are told apart by their first bytes, and some tell their streams only there.
    private const int ProbeBytes = 8192;

    // Decoding on several threads would hold back a frame for each of them: half a minute, of a camera of one frame in ten seconds.
    private static readonly string[] OneByOne = ["-thread_type", "slice"];

    private CameraAddress? _address;
    private string _named = Pipe;

    private FfmpegInput(IReadOnlyList<string> arguments, string? script) => (Arguments, Script) = (arguments, script);

    /// <summary>
    /// Options with which a stream's frames are handed out from the first one on. By default ffmpeg looks at five seconds of it before, or
    /// at several frames of a slow camera.
    /// </summary>
    public static IReadOnlyList<(string Name, string Value)> Prompt { get; } =
    [
        ("probesize", "32"), ("analyzeduration", "0"), ("fpsprobesize", "0"),
    ];

    /// <summary>Those that name the input. Without secrets: the command line of a process is no secret.</summary>
    public IReadOnlyList<string> Arguments { get; }

    /// <summary>Written to ffmpeg's standard input; null for nothing. <b>May hold a password.</b></summary>
    public string? Script { get; }

    /// <summary>Copied to ffmpeg's standard input, until its end; null for nothing.</summary>
    public Stream? Body { get; private init; }

    /// <param name="arguments">As ffmpeg takes them, with <c>-i</c>; without secrets.</param>
    public static FfmpegInput Local(params string[] arguments) => new(arguments, script: null);

    /// <param name="path">Holds all that <paramref name="address"/> gave.</param>
    public static FfmpegInput Downloaded(CameraAddress address, string path) =>
        new(["-i", "file:" + path], script: null) { _address = address, _named = "file:" + path };

    /// <param name="path">Of a video device.</param>
    public static FfmpegInput Device(string path) => new([.. AsListed(Prompt), .. OneByOne, "-f", "v4l2", "-i", path], script: null);

    /// <param name="body">What a camera at <paramref name="address"/> sends, already asked for.</param>
    public static FfmpegInput Stream(CameraAddress address, Stream body) =>
        new([.. AsListed(Prompt), "-probesize", $"{ProbeBytes}", .. OneByOne, "-i", Pipe], script: null)
        {
            _address = address,
            Body = body,
        };

    /// <param name="address">Without secrets: it stands on ffmpeg's command line.</param>
    /// <param name="options">Of the protocol and of the format.</param>
    public static FfmpegInput Open(CameraAddress address, IEnumerable<(string Name, string Value)> options) =>
        new([.. AsListed(options), .. OneByOne, "-protocol_whitelist", Protocols, "-i", address.WithCredentials], script: null)
        {
            _address = address,
        };

    /// <param name="address">Reaches ffmpeg as the one entry of a list for its concat demuxer, which opens it as <c>-i</c> would.</param>
    /// <param name="options">
    /// Of the protocol and of the format (<c>rtsp_transport</c>): on the command line they would concern the list.
    /// </param>
    /// <remarks>Needs ffmpeg 5.0, the first one whose lists know options. Nothing of it is put on a disk.</remarks>
    public static FfmpegInput Address(CameraAddress address, IEnumerable<(string Name, string Value)> options)
    {
        var script = new StringBuilder($"ffconcat version 1.0\nfile {Quoted(address.WithCredentials)}\n");
        foreach (var (name, value) in options)
            script.Append($"option {name} {Quoted(value)}\n");
        // The camera's stream is analysed when the list opens it; to analyse the list's own again would cost the same time once more.
        string[] arguments =
        [
            "-analyzeduration", "1", .. OneByOne, "-protocol_whitelist", Protocols, "-f", "concat", "-safe", "0", "-i", Pipe,
        ];
        return new(arguments, script.ToString()) { _address = address };
    }

    /// <summary>What ffmpeg says, with the input as it may be shown.</summary>
    public string Redact(string text) =>
        _address is null ? text : _address.Redact(text.Replace(_named, _address.Shown, StringComparison.Ordinal));

    private static IEnumerable<string> AsListed(IEnumerable<(string Name, string Value)> options) =>
        options.SelectMany(option => new[] { $"-{option.Name}", option.Value });

    // ffmpeg-utils, "Quoting and escaping": between single quotes all is literal but the quote itself.
    private static string Quoted(string text) => $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
