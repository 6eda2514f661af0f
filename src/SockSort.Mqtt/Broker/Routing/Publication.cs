
namespace SockSort.Mqtt.Broker.Routing;

/// <summary>A message that has been handed to its intakes and subscribers.</summary>
/// <param name="Stored">Completes when every intake has stored it; fails with the first failure.</param>
/// <param name="HasReceiver">Whether an intake or a subscriber takes it.</param>
internal sealed record Publication(Task Stored, bool HasReceiver)
{
    public static readonly Publication None = new(Task.CompletedTask, false);
}
