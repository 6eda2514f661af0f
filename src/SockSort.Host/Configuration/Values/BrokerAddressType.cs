using SockSort.Host.Configuration.Schema;
using SockSort.Host.Configuration.Settings;

namespace SockSort.Host.Configuration.Values;

/// <inheritdoc cref="BrokerListenAddress"/>
internal sealed class BrokerAddressType : ScalarType<BrokerListenAddress>
{
    public static readonly BrokerAddressType One = new();

    public override string Words => "ADDRESS[:PORT]";

    protected override string Expected => "an address as 0.0.0.0:8883, 127.0.0.1 or [::]:8883";

    protected override bool TryParse(string text, Reading reading, out BrokerListenAddress? value, ref string hint)
    {
        value = BrokerListenAddress.TryParse(text);
        return value is not null;
    }
}
