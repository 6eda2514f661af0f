using SockSort.Mqtt.Broker.Wire;

namespace SockSort.Mqtt.Broker.Routing;

/// <summary>A message that a client has published and, once it is handed over, what has become of it.</summary>
/// <param name="Message">As it goes to subscribers.</param>
/// <param name="IsDuplicate">Its publisher says that it may have sent it before.</param>
/// <param name="Id">Its packet's identifier, for the intakes; 0 = none.</param>
internal record struct Arrival(BrokerMessage Message, bool IsDuplicate, ushort Id)
{
    /// <summary>Completes when every intake has stored it; fails with the first failure.</summary>
    public Task Stored { get; set; } = Task.CompletedTask;

    /// <summary>Whether an intake or a subscriber takes it.</summary>
    public bool HasReceiver { get; set; }
}
