using System.Buffers;
using System.Text;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace SockSort.Mqtt.Tests;

/// <summary>Plain clients of the library, for what an outside program would do.</summary>
internal static class TestClient
{
    /// <param name="received">Called with each message; null = they are not looked at.</param>
    public static async Task<IMqttClient> ConnectAsync(
        MqttEndpoint endpoint, string? clientId = null, MqttProtocolVersion version = MqttProtocolVersion.V500, bool clean = true,
        Action<MqttApplicationMessage>? received = null)
    {
        var client = new MqttClientFactory().CreateMqttClient();
        client.ApplicationMessageReceivedAsync += args =>
        {
            received?.Invoke(args.ApplicationMessage);
            return Task.CompletedTask;
        };
        var builder = new MqttClientOptionsBuilder().WithTcpServer(endpoint.Host, endpoint.Port).WithProtocolVersion(version)
            .WithClientId(clientId ?? $"test-{Guid.NewGuid():N}").WithCleanSession(clean);
        if (endpoint.User is not null)
            builder = builder.WithCredentials(endpoint.User, endpoint.Password);
        _ = await client.ConnectAsync(builder.Build());
        return client;
    }

    /// <summary>Completes when the broker has acknowledged.</summary>
    public static Task<MqttClientPublishResult> PublishAsync(
        this IMqttClient client, string topic, string payload, int qos = 1, bool retain = false) =>
        client.PublishAsync(new MqttApplicationMessage
        {
            Topic = topic,
            Payload = new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(payload)),
            QualityOfServiceLevel = (MqttQualityOfServiceLevel)qos,
            Retain = retain,
        });

    public static string Text(this MqttMessage message) => Encoding.UTF8.GetString(message.Payload.Span);
}
