using System.Net;

namespace SockSort.Host.Listening;

/// <summary>Where a surface listens.</summary>
/// <param name="Address">Of this machine; <c>0.0.0.0</c> and <c>::</c> are all of them.</param>
/// <param name="Port">TCP port, 0 to 65535; 0 = a free one.</param>
/// <param name="IsTls">Whether it speaks https, else http.</param>
public sealed record WebAddress(IPAddress Address, int Port, bool IsTls = false)
{
    /// <summary>Whether other machines can reach it.</summary>
    public bool IsBeyondLoopback => !IPAddress.IsLoopback(Address);

    private string Scheme => IsTls ? Uri.UriSchemeHttps : Uri.UriSchemeHttp;

    /// <summary>Reads <c>http://ADDRESS:PORT</c> or <c>https://ADDRESS:PORT</c>; <c>localhost</c> is 127.0.0.1.</summary>
    /// <exception cref="ListeningException">It is no such address, or names another machine.</exception>
    public static WebAddress Parse(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || !IsWeb(uri))
            throw ListeningErrors.NoAddress(text);
        var host = uri.DnsSafeHost;
        var address = host == "localhost" ? IPAddress.Loopback : null;
        if (address is null && !IPAddress.TryParse(host, out address))
            throw ListeningErrors.NoAddressOfThisMachine(host);
        return new WebAddress(address, uri.Port, uri.Scheme == Uri.UriSchemeHttps);
    }

    /// <summary>With the address as it is listened on.</summary>
    public Uri Exact => new(ToString());

    /// <summary>For a browser on this machine: <c>localhost</c> rather than an address.</summary>
    public Uri FromHere => new($"{Scheme}://{HostNames.HostHere(Address)}:{Port}/");

    /// <summary>For programs and browsers on other machines; none where it is for this machine only.</summary>
    public IEnumerable<Uri> FromElsewhere => HostNames.HostsElsewhere(Address).Select(host => new Uri($"{Scheme}://{host}:{Port}/"));

    /// <summary>As it is given: <c>http://127.0.0.1:8088</c>.</summary>
    public override string ToString() => $"{Scheme}://{new IPEndPoint(Address, Port)}";

    private static bool IsWeb(Uri uri) =>
        (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
        && uri.AbsolutePath == "/" && uri.Query.Length == 0 && uri.Fragment.Length == 0 && uri.UserInfo.Length == 0;
}
