using SockSort.Host.Configuration.Schema;

namespace SockSort.Host.Configuration.Values;

/// <summary>A path of a file or folder; a relative one is resolved against the configuration file's folder.</summary>
internal sealed class PathType : ScalarType<string>
{
    public static readonly PathType One = new();

    public override string Words => "path";

    protected override string Expected => "a path";

    protected override bool TryParse(string text, Reading reading, out string? value, ref string hint)
    {
        value = Full(text, reading);
        hint = value is null ? HomeHint : hint;
        return value is not null;
    }

    /// <summary>The hint for a path that begins with <c>~</c>.</summary>
    internal const string HomeHint = "~ is not expanded: write the whole path";

    /// <summary>The absolute path; null if it begins with <c>~</c>, since a folder of that name would be created.</summary>
    internal static string? Full(string text, Reading reading) =>
        text == "~" || text.StartsWith("~/", StringComparison.Ordinal) ? null : Path.GetFullPath(text, reading.Folder);
}
