using System.Globalization;
using System.Text;

namespace SockSort.Edge.Loop;

/// <summary>
/// What one frame says on the topic, written as Python's <c>json.dumps</c> writes it: <c>{"image": "Google", "probability": 97.42}</c>.
/// </summary>
/// <param name="Label">Any text.</param>
/// <param name="Percent">0 to 100; rounded to 2 decimals.</param>
/// <param name="Camera">Left out where null.</param>
/// <param name="Seq">Left out where null.</param>
/// <param name="Ts">Left out where null.</param>
/// <param name="Run">Left out where null.</param>
public sealed record FrameMessage(
    string Label, double Percent, string? Camera = null, long? Seq = null, DateTimeOffset? Ts = null, string? Run = null)
{
    /// <summary>ASCII: other characters are escaped.</summary>
    public byte[] ToBytes()
    {
        var json = new StringBuilder("{\"image\": ");
        AppendText(json, Label);
        // Python writes whole floats with one decimal, others as short as they are.
        json.Append(CultureInfo.InvariantCulture, $", \"probability\": {Math.Round(Percent, 2):0.0#}");
        if (Camera is not null)
            AppendText(json.Append(", \"camera\": "), Camera);
        if (Seq is { } seq)
            json.Append(CultureInfo.InvariantCulture, $", \"seq\": {seq}");
        if (Ts is { } ts)
            json.Append(CultureInfo.InvariantCulture, $", \"ts\": {ts.ToUnixTimeMilliseconds()}");
        if (Run is not null)
            AppendText(json.Append(", \"run\": "), Run);
        return Encoding.ASCII.GetBytes(json.Append('}').ToString());
    }

    private static void AppendText(StringBuilder json, string text)
    {
        json.Append('"');
        foreach (var character in text)
        {
            _ = character switch
            {
                '"' or '\\' => json.Append('\\').Append(character),
                '\n' => json.Append("\\n"),
                '\r' => json.Append("\\r"),
                '\t' => json.Append("\\t"),
                '\b' => json.Append("\\b"),
                '\f' => json.Append("\\f"),
                < ' ' or > '~' => json.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
                _ => json.Append(character),
            };
        }
        json.Append('"');
    }
}
