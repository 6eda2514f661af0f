using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using SockSort.Log;
using SockSort.Mqtt;

namespace SockSort.Connect.MqttSource;

/// <summary>
/// Converts messages to log records, as Confluent's MQTT source does: the key is the MQTT topic, the value is the payload, and text headers
/// tell where it came from. The value stays as its publisher wrote it; a converter only refuses what is not of its form.
/// </summary>
/// <remarks>Not thread-safe.</remarks>
/// <param name="form">What a payload must be.</param>
/// <param name="keyField">The field of the payload that becomes the key, <c>a.b</c> for one within an object; null for the topic.</param>
internal sealed class RecordConverter(ValueForm form, string? keyField)
{
    private const string IdHeader = "mqtt.message.id";

    private readonly string[] _keyPath = keyField?.Split('.') ?? [];

    // Messages without an identifier share their headers, and those of one topic their key, as long as they look alike.
    private MqttMessage? _last;
    private byte[] _topic = [];
    private RecordHeader[] _headers = [];

    /// <returns>The record, or the reason why there is none.</returns>
    public (NewRecord? Record, string? Problem) Convert(MqttMessage message)
    {
        if (ProblemOf(message.Payload.Span) is { } problem)
            return (null, problem);
        var headers = SharedHeadersOf(message);
        if (keyField is null)
            return (new NewRecord(_topic, message.Payload, Headers: headers), null);
        return KeyOf(message.Payload) is { } key
            ? (new NewRecord(key, message.Payload, Headers: headers), null)
            : (null, MqttSourceErrors.NoKeyField(keyField));
    }

    public static RecordHeader[] HeadersOf(MqttMessage message) =>
    [
        Header(IdHeader, message.Id.ToString(CultureInfo.InvariantCulture)),
        Header("mqtt.qos", message.Qos.ToString(CultureInfo.InvariantCulture)),
        Header("mqtt.retained", message.Retained ? "true" : "false"),
        Header("mqtt.duplicate", message.Duplicate ? "true" : "false"),
        Header("mqtt.topic", message.Topic),
    ];

    /// <summary>As <see cref="HeadersOf"/>; of the message before where they are the same.</summary>
    private RecordHeader[] SharedHeadersOf(MqttMessage message)
    {
        var isAlike = _last is { } last && last.Topic == message.Topic && last.Qos == message.Qos
            && last.Retained == message.Retained && last.Duplicate == message.Duplicate;
        if (!isAlike)
            (_topic, _headers) = (Encoding.UTF8.GetBytes(message.Topic), HeadersOf(message));
        else if (_last!.Id != message.Id)
            _headers = [Header(IdHeader, message.Id.ToString(CultureInfo.InvariantCulture)), .. _headers.AsSpan(1)];
        _last = message;
        return _headers;
    }

    private static RecordHeader Header(string name, string value) => new(name, Encoding.UTF8.GetBytes(value));

    private string? ProblemOf(ReadOnlySpan<byte> payload) => form switch
    {
        ValueForm.Text when !Utf8.IsValid(payload) => MqttSourceErrors.NotText(),
        ValueForm.Json => JsonProblemOf(payload),
        _ => null,
    };

    private static string? JsonProblemOf(ReadOnlySpan<byte> payload)
    {
        var json = new Utf8JsonReader(payload);
        try
        {
            while (json.Read())
            {
                // Reading checks all of it, except what its texts are made of.
                if (json.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && !Utf8.IsValid(json.ValueSpan))
                    return MqttSourceErrors.NotText();
            }
            return null;
        }
        catch (JsonException error)
        {
            return MqttSourceErrors.NotJson(error.LineNumber ?? 0, error.BytePositionInLine ?? 0);
        }
    }

    /// <summary>
    /// Returns the field's text, or the JSON of any other value; null where it is missing, null, or the payload is no object.
    /// </summary>
    private byte[]? KeyOf(ReadOnlyMemory<byte> payload)
    {
        try
        {
            using var document = JsonDocument.Parse(payload);
            var at = document.RootElement;
            foreach (var name in _keyPath)
            {
                if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(name, out at))
                    return null;
            }
            return at.ValueKind switch
            {
                JsonValueKind.Null => null,
                JsonValueKind.String => Encoding.UTF8.GetBytes(at.GetString()!),
                _ => Encoding.UTF8.GetBytes(at.GetRawText()),
            };
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // Text that is not valid Unicode raises an InvalidOperationException.
            return null;
        }
    }
}

/// <summary>What a value must be to be stored, after Kafka Connect's converters.</summary>
internal enum ValueForm
{
    /// <summary>Any bytes.</summary>
    Bytes,

    /// <summary>Text in UTF-8.</summary>
    Text,

    /// <summary>One JSON value.</summary>
    Json,
}
