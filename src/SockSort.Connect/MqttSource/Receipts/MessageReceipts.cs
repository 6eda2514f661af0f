using SockSort.Log;

namespace SockSort.Connect.MqttSource.Receipts;

/// <summary>The record of the messages that a connector has stored, and the sender of receipts for them.</summary>
internal sealed class MessageReceipts : IAsyncDisposable
{
    /// <param name="topic">The connector's topic in the log.</param>
    /// <param name="way">The channel of the receipts; disposed with this object.</param>
    public MessageReceipts(ILogReader log, string connector, string topic, IReceiptWay way, TimeProvider clock)
    {
        Seen = new SeenMessages(log, connector, topic);
        Teller = new ReceiptTeller(way, clock);
        Teller.Tell(Seen.Latest());
    }

    public SeenMessages Seen { get; }

    public ReceiptTeller Teller { get; }

    public ValueTask DisposeAsync() => Teller.DisposeAsync();
}
