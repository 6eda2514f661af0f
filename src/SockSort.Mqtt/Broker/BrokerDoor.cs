using System.Net;
using System.Net.Security;

namespace SockSort.Mqtt.Broker;

/// <summary>An address on which a broker listens.</summary>
/// <param name="Address">Of this machine; <see cref="IPAddress.Any"/> and <see cref="IPAddress.IPv6Any"/> for all of its addresses.</param>
/// <param name="Port">0 takes a free one.</param>
/// <param name="Tls">Certificate and key that it shows; null = plain text.</param>
public sealed record BrokerDoor(IPAddress Address, int Port, SslStreamCertificateContext? Tls = null);
