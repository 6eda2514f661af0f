using SockSort.Connect.Classes;
using SockSort.Connect.Configuration;
using SockSort.Connect.MqttSource;
using SockSort.Connect.Sinks;
using SockSort.Log;
using SockSort.Mqtt;
using SockSort.Mqtt.Publishing;

namespace SockSort.Connect.MqttSink;

/// <summary>
/// Publishes records over one connection. A batch is delivered when the broker has acknowledged each of its messages. Its offsets are
/// committed after that, so an interrupted batch is sent again.
/// </summary>
internal sealed class MqttSinkTask : ISinkTask
{
    // MQTT 5, 2.4: these reason codes concern the message itself, so sending it again does not help.
    private const int NotAuthorized = 0x87;
    private const int TopicNameInvalid = 0x90;
    private const int PacketTooLarge = 0x95;
    private const int PayloadFormatInvalid = 0x99;

    private readonly string _connector;
    private readonly ConfigValues _values;
    private readonly string _pattern;
    private readonly int _qos;
    private readonly bool _isRetained;
    private readonly ErrantRecords _errant;
    private MqttOutlet? _outlet;

    public MqttSinkTask(string connector, ConfigValues values, ConnectorPlace place)
    {
        (_connector, _values) = (connector, values);
        (_pattern, _qos) = (values.Text(MqttSinkKeys.MqttTopic), values.Whole(MqttSourceKeys.Qos));
        _isRetained = values.Flag(MqttSinkKeys.Retained);
        _errant = ErrantRecords.Of(connector, values, place);
    }

    public Task Gone => _outlet is { } outlet ? FailAsync(outlet) : NeverGone.Task;

    public async Task PutAsync(string topic, IReadOnlyList<LogRecord> records, CancellationToken cancellationToken)
    {
        var outlet = await OpenAsync(cancellationToken);
        // All messages are sent, in order, before the first acknowledgement is awaited.
        var sent = records.Select(record => PublishAsync(outlet, topic, record, cancellationToken)).ToList();
        foreach (var (record, sending) in records.Zip(sent))
        {
            if (await sending is not { } error)
                continue;
            if (!_errant.AreTolerated || outlet.Lost.IsCompleted)
                throw error;
            _errant.Add(topic, record, typeof(MqttSinkTask).FullName!, error);
        }
    }

    /// <summary>
    /// Connects at the first call, so that an unreachable broker is reported at once. There is nothing to flush, since delivered messages
    /// are acknowledged.
    /// </summary>
    public async Task<byte[]?> FlushAsync(CancellationToken cancellationToken)
    {
        _ = await OpenAsync(cancellationToken);
        return null;
    }

    public IReadOnlyList<TopicAppend> TakeLetters() => _errant.Take();

    public ValueTask DisposeAsync() => _outlet?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task<MqttOutlet> OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            var keepAlive = TimeSpan.FromSeconds(_values.Whole(MqttSourceKeys.KeepAliveSeconds));
            return _outlet ??= await MqttOutlet.OpenAsync(
                MqttSourceConfiguration.EndpointOf(_values), _values.Find(MqttSourceKeys.ClientId), keepAlive, cancellationToken);
        }
        catch (MqttException error)
        {
            throw MqttSinkErrors.NotPublished(_connector, error);
        }
    }

    /// <returns>The reason why the record can't be published, however often it is retried; null where the broker has taken it.</returns>
    private async Task<ConnectException?> PublishAsync(
        MqttOutlet outlet, string topic, LogRecord record, CancellationToken cancellationToken)
    {
        if (RecordTexts.Fill(_pattern, topic, record, text => text) is not { } mqttTopic)
            return MqttSinkErrors.NoKey(_connector);
        // A record without a value clears a retained message, so without retained messages there is nothing to publish.
        if (record.Value is null && !_isRetained)
            return null;
        try
        {
            await outlet.PublishAsync(mqttTopic, record.Value ?? default, _qos, _isRetained, cancellationToken);
            return null;
        }
        catch (MqttException error)
        {
            var told = MqttSinkErrors.NotPublished(_connector, error);
            return IsOfRecord(error) ? told : throw told;
        }
    }

    private static bool IsOfRecord(MqttException error) => error.Kind switch
    {
        MqttErrorKind.WrongRequest => true,
        MqttErrorKind.Refused =>
            error.ReasonCode is null or NotAuthorized or TopicNameInvalid or PacketTooLarge or PayloadFormatInvalid,
        _ => false,
    };

    private async Task FailAsync(MqttOutlet outlet) => throw MqttSinkErrors.NotPublished(_connector, await outlet.Lost);
}
