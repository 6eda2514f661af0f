namespace SockSort.Connect.MqttSource.Receipts;

/// <summary>The way on which receipts come to the cameras.</summary>
internal interface IReceiptWay : IAsyncDisposable
{
    /// <summary>Who keeps the receipts may have lost them.</summary>
    event Action? Forgotten;

    /// <summary>Tells it, retained, and returns at once.</summary>
    void Tell(string topic, byte[] receipt);
}
