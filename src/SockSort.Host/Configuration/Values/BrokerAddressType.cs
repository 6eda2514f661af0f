using SockSort.Host.Configuration.Schema;
using SockSort.Host.Configuration.Settings;

namespace SockSort.Host.Configuration.Values;

/// <inheritdoc cref="BrokerListenAddress"/>
internal sealed class BrokerAddressType : ScalarType<BrokerListenAddress>
{
    public static readonly BrokerAddressType One = new();

    public override string Words => "[ws://]ADDRESS[:PORT]";

    protected override string Expected => "an address as 0.0.0.0:8883, 127.0.0.1, [::]:8883 or ws://127.0.0.1:9001";

    protected override bool TryParse(string text, Reading reading, out BrokerListenAddress? value, ref string hint)
    {
        value = BrokerListenAddress.TryParse(text);
        return value is not null;
    }
}
