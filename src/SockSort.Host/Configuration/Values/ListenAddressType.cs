using SockSort.Host.Configuration.Schema;
using SockSort.Host.Listening;

namespace SockSort.Host.Configuration.Values;

/// <summary>Where a surface listens: <c>http://127.0.0.1:8088</c>, <c>https://0.0.0.0:4000</c>.</summary>
internal sealed class ListenAddressType : ScalarType<WebAddress>
{
    public static readonly ListenAddressType One = new();

    public override string Words => "address";

    protected override string Expected => "an address as http://127.0.0.1:8088 or https://0.0.0.0:4000 (0.0.0.0 = all)";

    protected override bool TryParse(string text, Reading reading, out WebAddress? value, ref string hint)
    {
        value = null;
        try
        {
            value = WebAddress.Parse(text);
        }
        catch (ListeningException)
        {
            // What is expected says it too, and its words may repeat a secret.
        }
        return value is not null;
    }
}
