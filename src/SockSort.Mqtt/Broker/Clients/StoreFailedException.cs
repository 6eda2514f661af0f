using SockSort.Shared;

namespace SockSort.Mqtt.Broker.Clients;

/// <summary>A message could not be stored: it is not acknowledged, and its publisher has to send it again.</summary>
internal sealed class StoreFailedException(string problem) : ExpectedException(problem)
{
    /// <inheritdoc/>
    public override string Code => "mqtt-store-failed";
}
