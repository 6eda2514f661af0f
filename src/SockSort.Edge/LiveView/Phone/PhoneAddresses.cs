namespace SockSort.Edge.LiveView.Phone;

/// <summary>Addresses under which a phone opens the page that makes it the camera.</summary>
public static class PhoneAddresses
{
    /// <summary>The page's addresses, the one first that most phones reach.</summary>
    /// <param name="elsewhere">
    /// Addresses of the live view for other machines; those without TLS are left out, as browsers give their pages no camera.
    /// </param>
    public static IReadOnlyList<Uri> Of(IEnumerable<Uri> elsewhere) =>
        [.. elsewhere.Where(address => address.Scheme == Uri.UriSchemeHttps).OrderBy(Rank).Select(At)];

    /// <summary>The page's address at that of the view.</summary>
    public static Uri At(Uri view) => new(view, PhoneEndpoints.Path);

    // Few home networks tell phones the names of their machines, and few phones have an IPv6 address that everybody there reaches.
    private static int Rank(Uri address) => address.HostNameType switch
    {
        UriHostNameType.IPv4 => 0,
        UriHostNameType.Dns => 1,
        _ => 2,
    };
}
