using SockSort.Host.Configuration.Schema;
using SockSort.Host.Listening;

namespace SockSort.Host.Configuration.Values;

/// <summary>An address that a surface listens on: <c>http://127.0.0.1:8088</c>, <c>https://0.0.0.0:4000</c>.</summary>
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
            // The exception's message is not used, since it may repeat a secret; the expected form says the same.
        }
        return value is not null;
    }
}
