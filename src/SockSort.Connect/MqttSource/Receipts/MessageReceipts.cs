using SockSort.Log;

namespace SockSort.Connect.MqttSource.Receipts;

/// <summary>What a connector knows of the messages that it has stored, and tells of them.</summary>
internal sealed class MessageReceipts : IAsyncDisposable
{
    /// <param name="topic">Of the log.</param>
    /// <param name="way">Is disposed with this.</param>
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
