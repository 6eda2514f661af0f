
namespace SockSort.Mqtt;

/// <summary>Who stands at a port.</summary>
/// <param name="Says">How another kind of server greets, in printable characters; empty else.</param>
internal sealed record Peer(PeerKind Kind, string Says = "");
