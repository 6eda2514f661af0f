
namespace SockSort.Mqtt;

/// <summary>How far an attempt to connect came.</summary>
internal enum ConnectEnd
{
    /// <summary>There is no way to the port: no address, nothing listens, no answer of the machine.</summary>
    NoConnection,

    /// <summary>The broker's certificate is not trusted.</summary>
    Untrusted,

    /// <summary>TLS did not come about, for another reason than the certificate.</summary>
    NoTls,

    /// <summary>The other side closed the connection before it answered CONNECT.</summary>
    Closed,

    /// <summary>The other side took CONNECT and said nothing for too long.</summary>
    Silent,

    /// <summary>What came is no answer to CONNECT.</summary>
    NotMqtt,

    /// <summary>A CONNACK refused.</summary>
    Refused,

    /// <summary>The answer says, by its code or its form, that the broker does not speak this version.</summary>
    WrongVersion,
}
