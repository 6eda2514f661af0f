using SockSort.Host.Configuration.Schema;

namespace SockSort.Host.Configuration.Values;

/// <summary>What a camera reads: a path, an address, or <c>synthetic:SEED</c>.</summary>
internal sealed class CameraSourceType : ScalarType<string>
{
    public static readonly CameraSourceType One = new();

    public override string Words => "path, address or synthetic:SEED";

    protected override string Expected => "a folder, a file, /dev/video0, rtsp://HOST/PATH or synthetic:SEED";

    protected override bool TryParse(string text, Reading reading, out string? value, ref string hint)
    {
        var isPath = !text.Contains("://", StringComparison.Ordinal) && !text.StartsWith("synthetic:", StringComparison.Ordinal);
        value = isPath ? PathType.Full(text, reading) : text;
        hint = value is null ? PathType.HomeHint : hint;
        return value is not null;
    }
}
