using System.Text;
using SockSort.Connect.MqttSource;
using SockSort.Mqtt;

namespace SockSort.Connect.Tests.MqttSource;

/// <summary>What a converter lets pass, and what becomes a record's key.</summary>
public class RecordConverterTests
{
    [Theory]
    [InlineData("{\"a\": [1, \"Größe\"]} ", null)]
    [InlineData("\"text\"", null)]
    [InlineData("null", null)]
    [InlineData("", "the message is no JSON: line 1, byte 1 ('value.converter')")]
    [InlineData("{\"a\": 1} x", "the message is no JSON: line 1, byte 10 ('value.converter')")]
    [InlineData("{\"a\":\n 1,}", "the message is no JSON: line 2, byte 4 ('value.converter')")]
    [InlineData("NaN", "the message is no JSON: line 1, byte 1 ('value.converter')")]
    public void Of_JSON_only_one_whole_value_passes_and_stays_as_it_was_written(string payload, string? problem)
    {
        var (record, told) = new RecordConverter(ValueForm.Json, keyField: null).Convert(Message(payload));

        Assert.Equal(problem, told);
        Assert.Equal(problem is null ? payload : null, Text(record?.Value));
    }

    [Theory]
    [InlineData(ValueForm.Json, "the message is no text in UTF-8 ('value.converter')")]
    [InlineData(ValueForm.Text, "the message is no text in UTF-8 ('value.converter')")]
    [InlineData(ValueForm.Bytes, null)]
    internal void What_is_no_UTF_8_passes_as_bytes_only(ValueForm form, string? problem) => Assert.Equal(
        problem, new RecordConverter(form, keyField: null).Convert(Message([(byte)'"', 0xFF, (byte)'"'])).Problem);

    [Theory]
    [InlineData("camera", "{\"camera\": \"attic \\u00df\"}", "attic ß")]
    [InlineData("camera", "{\"camera\": \"a\", \"camera\": \"b\"}", "b")]
    [InlineData("sock.id", "{\"sock\": {\"id\": 12.50}}", "12.50")]
    [InlineData("sock", "{\"sock\": {\"id\": 1}}", "{\"id\": 1}")]
    [InlineData("sock", "{\"sock\": true}", "true")]
    [InlineData("sock", "{\"sock\": null}", null)]
    [InlineData("sock", "{\"Sock\": 1}", null)]
    [InlineData("sock.id", "{\"sock\": 1}", null)]
    [InlineData("sock", "[1]", null)]
    [InlineData("sock", "no JSON", null)]
    [InlineData("sock", "{\"sock\": \"\\ud800\"}", null)]
    public void A_field_of_the_message_may_be_the_key(string field, string payload, string? key)
    {
        var (record, problem) = new RecordConverter(ValueForm.Bytes, field).Convert(Message(payload));

        Assert.Equal(key, Text(record?.Key));
        Assert.Equal(key is null ? $"the message has no field '{field}' for the record's key ('mqtt.key.field')" : null, problem);
        Assert.Equal(key is null ? null : payload, Text(record?.Value));
    }

    private static MqttMessage Message(string payload) => Message(Encoding.UTF8.GetBytes(payload));

    private static MqttMessage Message(byte[] payload) => new("socks", payload, Qos: 1, Retained: false, Duplicate: false, Id: 7);

    private static string? Text(ReadOnlyMemory<byte>? bytes) => bytes is { } given ? Encoding.UTF8.GetString(given.Span) : null;
}
