using System.Net;

namespace SockSort.Host.Listening;

/// <summary>An address that a surface listens on.</summary>
/// <param name="Address">An address of this machine; <c>0.0.0.0</c> and <c>::</c> stand for all of them.</param>
/// <param name="Port">The TCP port, 0 to 65535; 0 for a free one.</param>
/// <param name="IsTls">Whether it uses https; otherwise http.</param>
public sealed record WebAddress(IPAddress Address, int Port, bool IsTls = false)
{
    /// <summary>Whether other machines can reach it.</summary>
    public bool IsBeyondLoopback => !IPAddress.IsLoopback(Address);

    private string Scheme => IsTls ? Uri.UriSchemeHttps : Uri.UriSchemeHttp;

    /// <summary>Reads <c>http://ADDRESS:PORT</c> or <c>https://ADDRESS:PORT</c>; <c>localhost</c> is 127.0.0.1.</summary>
    /// <exception cref="ListeningException">The text is not such an address, or names another machine.</exception>
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

    /// <summary>The URL with the exact address.</summary>
    public Uri ExactUri => new(ToString());

    /// <summary>The URL for a browser on this machine, with <c>localhost</c> instead of an address.</summary>
    public Uri LocalUri => new($"{Scheme}://{HostNames.LocalHost(Address)}:{Port}/");

    /// <summary>The URLs for other machines; none if the address is for this machine only.</summary>
    public IEnumerable<Uri> RemoteUris => HostNames.RemoteHosts(Address).Select(host => new Uri($"{Scheme}://{host}:{Port}/"));

    /// <summary>The address in the form of the settings: <c>http://127.0.0.1:8088</c>.</summary>
    public override string ToString() => $"{Scheme}://{new IPEndPoint(Address, Port)}";

    private static bool IsWeb(Uri uri) =>
        (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
        && uri.AbsolutePath == "/" && uri.Query.Length == 0 && uri.Fragment.Length == 0 && uri.UserInfo.Length == 0;
}
