namespace SockSort.Mqtt.Connections.Opening;

/// <summary>The version that clients of this process begin with at a broker.</summary>
public static class PreferredVersion
{
    /// <summary>They begin with the version that the endpoint names, as if it had been found out.</summary>
    public static void Take(MqttEndpoint endpoint)
    {
        if (endpoint.Version is { } version)
            KnownVersions.Shared.Learn(endpoint, version);
    }
}
