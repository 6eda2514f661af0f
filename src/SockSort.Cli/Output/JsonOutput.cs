using System.Text.Encodings.Web;
using System.Text.Json;

namespace SockSort.Cli.Output;

/// <summary>The JSON format of commands: indented, names in snake_case, letters of any language unescaped.</summary>
internal static class JsonOutput
{
    public static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Of<T>(T value) => JsonSerializer.Serialize(value, Options);
}
