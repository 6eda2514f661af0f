using SockSort.Host.Configuration.Schema;

namespace SockSort.Host.Configuration.Values;

/// <summary>The address of an external broker; user and password have keys of their own.</summary>
internal sealed class MqttAddressType : ScalarType<string>
{
    public static readonly MqttAddressType One = new();

    public override string Words => "address, mqtt:// or mqtts://";

    protected override string Expected => "an address as mqtt://broker.example:1883 or mqtts://broker.example:8883";

    protected override bool TryParse(string text, Reading reading, out string? value, ref string hint)
    {
        value = text;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme is not ("mqtt" or "mqtts"))
            return false;
        if (address.UserInfo.Length > 0)
            hint = "write user and password as the keys user and password";
        return address is { UserInfo: "", PathAndQuery: "" or "/", Fragment: "", Host.Length: > 0 };
    }
}
