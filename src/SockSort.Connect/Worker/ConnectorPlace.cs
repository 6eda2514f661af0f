using SockSort.Log;
using SockSort.Mqtt;

namespace SockSort.Connect;

/// <summary>What all connectors of a worker share.</summary>
/// <param name="Broker">The one in this process; null where there is none.</param>
/// <param name="Identity">Of the data folder, for client ids.</param>
internal sealed record ConnectorPlace(ILog Log, Secrets Secrets, EmbeddedBroker? Broker, ClientIdentity Identity, SessionMemory Memory, TimeProvider Clock);
