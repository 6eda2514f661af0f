namespace SockSort.Connect.MqttSource.Receipts;

/// <summary>The channel through which receipts reach the cameras.</summary>
internal interface IReceiptWay : IAsyncDisposable
{
    /// <summary>Raised when the broker may have lost the retained receipts.</summary>
    event Action? Forgotten;

    /// <summary>Publishes a retained receipt, without waiting for the broker.</summary>
    void Tell(string topic, byte[] receipt);
}
