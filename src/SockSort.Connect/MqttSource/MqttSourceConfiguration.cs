using SockSort.Connect.Configuration;
using SockSort.Mqtt;

namespace SockSort.Connect.MqttSource;

/// <summary>The checked configuration of an MQTT source, with secrets filled in.</summary>
/// <param name="ClientId">The client id of the session; null where the configuration gives none.</param>
/// <param name="MaxMessageBytes">The size limit; a larger message is skipped, and described in <paramref name="DeadLetterTopic"/>.</param>
/// <param name="AnnouncesMax">Whether an MQTT 5 broker is asked not to send larger messages.</param>
/// <param name="RemovesDoubles">
/// Whether a message is skipped that the log already has, by its fields <c>camera</c>, <c>run</c> and <c>seq</c>, and cameras get receipts
/// of what the log has.
/// </param>
/// <param name="KeyField">The field of a message that becomes the record's key; null for its MQTT topic.</param>
/// <param name="Notes">Notes for the user on settings that have no effect, or another effect than may be expected.</param>
internal sealed record MqttSourceConfiguration(
    MqttEndpoint Endpoint,
    IReadOnlyList<string> MqttTopics,
    string LogTopic,
    int Qos,
    bool KeepSession,
    TimeSpan KeepAlive,
    string? ClientId,
    int MaxMessageBytes,
    bool AnnouncesMax,
    string DeadLetterTopic,
    bool RemovesDoubles,
    ValueForm ValueForm,
    string? KeyField,
    IReadOnlyList<string> Notes)
{
    // A topic has up to 65 535 bytes; the rest of this room is for a header and a few properties.
    private const int PacketRoomBytes = 128 << 10;

    /// <summary>The maximum packet size that is announced to an MQTT 5 broker; null where none is announced.</summary>
    public int? AnnouncedMaxPacketBytes => AnnouncesMax ? MaxMessageBytes + PacketRoomBytes : null;

    /// <exception cref="ConnectException">The address or the topics can't be used.</exception>
    public static MqttSourceConfiguration Of(ConfigValues values)
    {
        var (logTopic, deadLetterTopic) = (values.Text(MqttSourceKeys.KafkaTopic), values.Text(MqttSourceKeys.DeadLetterTopic));
        if (logTopic == deadLetterTopic)
        {
            throw values.Wrong(MqttSourceKeys.DeadLetterTopic,
                $"is the connector's own topic; choose another one, or leave it out for {DeadLetter.DefaultTopic}");
        }
        return new MqttSourceConfiguration(
            EndpointOf(values),
            values.List(MqttSourceKeys.MqttTopics),
            logTopic,
            values.Whole(MqttSourceKeys.Qos),
            KeepSession: !values.Flag(MqttSourceKeys.CleanSession),
            TimeSpan.FromSeconds(values.Whole(MqttSourceKeys.KeepAliveSeconds)),
            values.Find(MqttSourceKeys.ClientId),
            values.Whole(MqttSourceKeys.MaxMessageBytes),
            values.Flag(MqttSourceKeys.AnnounceMax),
            deadLetterTopic,
            values.Flag(MqttSourceKeys.RemoveDoubles),
            ValueFormOf(values.Find(CommonKeys.ValueConverter)),
            values.Find(MqttSourceKeys.KeyField),
            [.. NotesOn(values)]);
    }

    /// <summary>Returns the broker that the keys name; the MQTT sink has the same keys.</summary>
    /// <exception cref="ConnectException">The address can't be used.</exception>
    public static MqttEndpoint EndpointOf(ConfigValues values)
    {
        try
        {
            var server = values.List(MqttSourceKeys.ServerUri)[0];
            var endpoint = MqttEndpoint.Parse(server, values.Find(MqttSourceKeys.Username), values.Find(MqttSourceKeys.Password));
            return endpoint with { Version = VersionOf(values) };
        }
        catch (MqttException error)
        {
            throw values.Wrong(MqttSourceKeys.ServerUri, $"can't be used: {error.Message}");
        }
    }

    private static ValueForm ValueFormOf(string? converter)
    {
        if (CommonKeys.IsNamed(converter, CommonKeys.JsonConverter))
            return ValueForm.Json;
        return CommonKeys.IsNamed(converter, CommonKeys.StringConverter) ? ValueForm.Text : ValueForm.Bytes;
    }

    private static MqttVersion? VersionOf(ConfigValues values)
    {
        MqttVersion? version = null;
        if (values.Find(MqttSourceKeys.Version) is { } text)
            _ = MqttVersions.TryParse(text, out version);
        return version;
    }

    private static IEnumerable<string> NotesOn(ConfigValues values)
    {
        foreach (var note in values.Notes)
            yield return note;
        if (values.List(MqttSourceKeys.ServerUri).Count is > 1 and var servers)
            yield return MqttSourceErrors.FirstServerOnly(servers);
        if (values.Whole(MqttSourceKeys.Qos) == 0)
            yield return MqttSourceErrors.LowQos(0);
    }
}
