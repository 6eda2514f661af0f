using SockSort.Host.Configuration.Schema;

namespace SockSort.Host.Configuration.Values;

/// <summary>Where the log is: <c>sqlite</c>, or an address of Kafka. Its hosts and settings are checked by who opens it.</summary>
internal sealed class LogAddressType : ScalarType<string>
{
    public const string Sqlite = "sqlite";

    public static readonly LogAddressType One = new();

    private const string Kafka = "kafka://";
    private const string File = "properties=";

    public override string Words => "sqlite or kafka://HOST:PORT";

    protected override string Expected => "sqlite, or an address as kafka://broker.example:9092";

    protected override bool TryParse(string text, Reading reading, out string? value, ref string hint)
    {
        value = text;
        if (text == Sqlite)
            return true;
        if (!text.StartsWith(Kafka, StringComparison.Ordinal))
            return false;
        var question = text.IndexOf('?', StringComparison.Ordinal);
        if (question < 0)
            return true;
        var parts = text[(question + 1)..].Split('&').Select(part => Full(part, reading)).ToList();
        hint = parts.Contains(null) ? PathType.HomeHint : hint;
        value = $"{text[..question]}?{string.Join('&', parts)}";
        return !parts.Contains(null);
    }

    /// <summary>A setting of the address, with the absolute path of the properties file; null if that begins with <c>~</c>.</summary>
    private static string? Full(string part, Reading reading)
    {
        if (!part.StartsWith(File, StringComparison.Ordinal))
            return part;
        var path = PathType.Full(Uri.UnescapeDataString(part[File.Length..]), reading);
        return path is null ? null : File + Uri.EscapeDataString(path);
    }
}
