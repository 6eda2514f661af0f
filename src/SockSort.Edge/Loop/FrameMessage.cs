using System.Globalization;
using System.Text;

namespace SockSort.Edge.Loop;

/// <summary>
/// The message about one frame, written as Python's <c>json.dumps</c> writes it: <c>{"image": "Google", "probability": 97.42}</c>.
/// </summary>
/// <param name="Label">Label of the frame; any text.</param>
/// <param name="Percent">Probability in percent, 0 to 100; written with at most 2 decimals.</param>
/// <param name="Camera">Name of the camera; null leaves the field out.</param>
/// <param name="Seq">Number of the message in its run; null leaves the field out.</param>
/// <param name="Ts">Capture time, written as milliseconds since 1970, UTC; null leaves the field out.</param>
/// <param name="Run">Id of the run; null leaves the field out.</param>
public sealed record FrameMessage(
    string Label, double Percent, string? Camera = null, long? Seq = null, DateTimeOffset? Ts = null, string? Run = null)
{
    /// <summary>How little the frame is like any class, 0 to 1; written with at most 4 decimals; null leaves the field out.</summary>
    public double? Unknown { get; init; }

    /// <summary>The next probable label; null leaves it and its probability out.</summary>
    public string? Second { get; init; }

    /// <summary>Probability of <see cref="Second"/> in percent, 0 to 100; written with at most 2 decimals.</summary>
    public double SecondPercent { get; init; }

    /// <summary>Version of the model that has seen the frame; null leaves the field out.</summary>
    public string? Model { get; init; }

    /// <summary>Whether the label is of a sock that was just learnt, which no model knows yet; false leaves the field out.</summary>
    public bool IsLearnt { get; init; }

    /// <summary>Encodes the message as ASCII; other characters are escaped.</summary>
    public byte[] ToBytes()
    {
        var json = new StringBuilder("{\"image\": ");
        AppendText(json, Label);
        // As in Python, whole numbers have one decimal, and others only the decimals that they need.
        json.Append(CultureInfo.InvariantCulture, $", \"probability\": {Math.Round(Percent, 2):0.0#}");
        if (Camera is not null)
            AppendText(json.Append(", \"camera\": "), Camera);
        if (Seq is { } seq)
            json.Append(CultureInfo.InvariantCulture, $", \"seq\": {seq}");
        if (Ts is { } ts)
            json.Append(CultureInfo.InvariantCulture, $", \"ts\": {ts.ToUnixTimeMilliseconds()}");
        if (Run is not null)
            AppendText(json.Append(", \"run\": "), Run);
        if (Unknown is { } unknown)
            json.Append(CultureInfo.InvariantCulture, $", \"unknown\": {Math.Round(unknown, 4):0.0###}");
        if (Second is not null)
        {
            AppendText(json.Append(", \"second\": "), Second);
            json.Append(CultureInfo.InvariantCulture, $", \"second_probability\": {Math.Round(SecondPercent, 2):0.0#}");
        }
        if (IsLearnt)
            json.Append(", \"learnt\": true");
        if (Model is not null)
            AppendText(json.Append(", \"model\": "), Model);
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
