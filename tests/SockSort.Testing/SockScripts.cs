namespace SockSort.Testing;

/// <summary>Statements that tests of the whole way share.</summary>
public static class SockScripts
{
    /// <summary>The original's connector, from the frames' messages of the broker that the secrets name into a topic.</summary>
    public static string Connector(string topic) => $$"""
        CREATE SOURCE CONNECTOR socks WITH ('connector.class'='io.confluent.connect.mqtt.MqttSourceConnector',
          'mqtt.server.uri'='${file:/scripts/credentials.properties:MQTT_URI}',
          'mqtt.username'='${file:/scripts/credentials.properties:MQTT_USERNAME}',
          'mqtt.password'='${file:/scripts/credentials.properties:MQTT_PASSWORD}',
          'mqtt.topics'='sockfound', 'kafka.topic'='{{topic}}');
        """;
}
