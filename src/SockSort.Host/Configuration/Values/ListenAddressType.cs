using System.Net;
using SockSort.Host.Configuration.Schema;

namespace SockSort.Host.Configuration.Values;

/// <summary>Where a surface listens: <c>http://127.0.0.1:8088</c>, <c>https://0.0.0.0:4000</c>.</summary>
internal sealed class ListenAddressType : ScalarType<Uri>
{
    public static readonly ListenAddressType One = new();

    public override string Words => "address";

    protected override string Expected => "an address as http://127.0.0.1:8088 or https://0.0.0.0:4000 (0.0.0.0 = all)";

    protected override bool TryParse(string text, Reading reading, out Uri? value, ref string hint)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out value) || value.Scheme is not ("http" or "https"))
            return false;
        // A name would have to be looked up, and may mean another machine.
        var isHere = value.Host == "localhost" || IPAddress.TryParse(value.Host, out _);
        return isHere && value is { UserInfo: "", PathAndQuery: "/", Fragment: "" };
    }
}
