namespace SockSort.Mqtt.Broker.Keeping;

/// <summary>What an entry of a broker's journal says; the numbers are those in the file.</summary>
internal enum EntryKind : byte
{
    Version = 1,
    Message = 2,
    RetainedSet = 3,
    SessionOpened = 4,
    SessionLeft = 5,
    SessionEnded = 6,
    WillPublished = 7,
    Subscribed = 8,
    Unsubscribed = 9,
    RetainedGiven = 10,
    DeliveryAdded = 11,
    DeliverySent = 12,
    DeliveryReceived = 13,
    DeliveryDone = 14,
    PublishArrived = 15,
    PublishReleased = 16,
}
