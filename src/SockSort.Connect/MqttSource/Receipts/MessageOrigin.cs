using System.Text.Json;
using SockSort.Mqtt;

namespace SockSort.Connect.MqttSource.Receipts;

/// <summary>
/// The origin that a message states, and that tells it from all others: its fields <c>camera</c>, <c>run</c> and <c>seq</c>.
/// </summary>
/// <param name="Seq">The number of the message in its run, from 1.</param>
internal readonly record struct MessageOrigin(string Camera, string Run, long Seq)
{
    private const int MostBytes = 64 << 10;
    private const int MostCameraCharacters = 200;
    private const int MostRunCharacters = 64;

    /// <summary>Reads the origin from a message; null where the payload is no JSON object with all three fields.</summary>
    public static MessageOrigin? Of(MqttMessage message)
    {
        if (message.IsCut || message.Payload.Length is 0 or > MostBytes || message.Payload.Span[0] != (byte)'{')
            return null;
        // Most messages of other programs lack them, and need not be read for that.
        if (!MayHave(message.Payload.Span, "\"run\""u8))
            return null;
        try
        {
            return Read(new Utf8JsonReader(message.Payload.Span));
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // Text that is not valid Unicode raises an InvalidOperationException.
            return null;
        }
    }

    /// <summary>False where JSON surely has no such name; with a backslash it may be written otherwise.</summary>
    private static bool MayHave(ReadOnlySpan<byte> json, ReadOnlySpan<byte> name) =>
        json.IndexOf(name) >= 0 || json.Contains((byte)'\\');

    private static MessageOrigin? Read(Utf8JsonReader json)
    {
        string? camera = null, run = null;
        long seq = 0;
        _ = json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var (isCamera, isRun, isSeq) = (json.ValueTextEquals("camera"u8), json.ValueTextEquals("run"u8), json.ValueTextEquals("seq"u8));
            _ = json.Read();
            if (isCamera && json.TokenType == JsonTokenType.String)
                camera = json.GetString();
            else if (isRun && json.TokenType == JsonTokenType.String)
                run = json.GetString();
            else if (isSeq && json.TokenType == JsonTokenType.Number)
                _ = json.TryGetInt64(out seq);
            json.Skip();
        }
        var isWhole = camera is { Length: > 0 and <= MostCameraCharacters } && run is { Length: > 0 and <= MostRunCharacters } && seq > 0;
        return isWhole ? new MessageOrigin(camera!, run!, seq) : null;
    }
}
