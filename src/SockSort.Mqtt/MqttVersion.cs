namespace SockSort.Mqtt;

/// <summary>The versions of MQTT that a client of ours speaks.</summary>
public enum MqttVersion
{
    V31,
    V311,
    V5,
}

/// <summary>The versions as people write them.</summary>
public static class MqttVersions
{
    /// <summary>What <see cref="TryParse"/> reads.</summary>
    public const string Words = "5, 3.1.1, 3.1 or auto";

    /// <param name="text"><c>5</c>, <c>3.1.1</c>, <c>3.1</c> or <c>auto</c>.</param>
    /// <param name="version">Null for <c>auto</c>.</param>
    /// <returns>False where the text is none of these.</returns>
    public static bool TryParse(string text, out MqttVersion? version)
    {
        version = text switch
        {
            "5" or "5.0" => MqttVersion.V5,
            "3.1.1" => MqttVersion.V311,
            "3.1" => MqttVersion.V31,
            _ => null,
        };
        return version is not null || text == "auto";
    }

    /// <summary>The version in words, such as <c>3.1.1</c>.</summary>
    public static string Text(this MqttVersion version) => version switch
    {
        MqttVersion.V31 => "3.1",
        MqttVersion.V311 => "3.1.1",
        _ => "5",
    };
}
