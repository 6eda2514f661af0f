
namespace SockSort.Mqtt;

/// <summary>What stands at a port where no connection to a broker came about.</summary>
internal enum PeerKind
{
    /// <summary>It closes, or says nothing that tells.</summary>
    Unknown,

    /// <summary>No plain connection can be made either.</summary>
    Absent,

    /// <summary>A broker, spoken to as it was asked for.</summary>
    Broker,

    /// <summary>A broker without TLS, where TLS was asked for.</summary>
    PlainBroker,

    /// <summary>Something that speaks TLS, where plain MQTT was asked for.</summary>
    Tls,

    /// <summary>A web server.</summary>
    Web,

    /// <summary>A server of some other kind, which has said who it is.</summary>
    Other,
}
