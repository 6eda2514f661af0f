using SockSort.Edge.Cameras.Browser;

namespace SockSort.Dashboard.Watching;

/// <summary>How a phone becomes a camera.</summary>
/// <param name="Feed">Knows whether one is connected.</param>
/// <param name="Here">The phone's page for a browser of this machine.</param>
/// <param name="Elsewhere">The same for other machines, the one first that most phones reach; none if no other machine can.</param>
/// <param name="IsCertificateSelfMade">Whether the phone will warn of the certificate.</param>
public sealed record PhoneDoor(BrowserFeed Feed, Uri Here, IReadOnlyList<Uri> Elsewhere, bool IsCertificateSelfMade);
