using SockSort.Host.Configuration.Settings;

namespace SockSort.Host.Tests.Configuration.Settings;

public class BrokerListenAddressTests
{
    [Theory]
    [InlineData("0.0.0.0", "0.0.0.0", null, true)]
    [InlineData("0.0.0.0:1883", "0.0.0.0", 1883, true)]
    [InlineData("127.0.0.1", "127.0.0.1", null, false)]
    [InlineData("localhost:0", "127.0.0.1", 0, false)]
    [InlineData("::1", "::1", null, false)]
    [InlineData("::", "::", null, true)]
    [InlineData("[::]:8883", "::", 8883, true)]
    [InlineData("[fe80::1]", "fe80::1", null, true)]
    public void An_address_has_a_port_or_the_usual_one(string text, string address, int? port, bool isBeyond)
    {
        var parsed = BrokerListenAddress.TryParse(text);

        Assert.Equal((address, port, isBeyond), ($"{parsed?.Address}", parsed?.Port, parsed?.IsBeyondLoopback == true));
    }

    [Theory]
    [InlineData("ws://127.0.0.1:9001", false, 9001)]
    [InlineData("WS://localhost", false, null)]
    [InlineData("wss://[::]:9001", true, 9001)]
    public void With_a_scheme_before_it_an_address_is_one_of_WebSockets(string text, bool isSecure, int? port)
    {
        var parsed = BrokerListenAddress.TryParse(text)!;

        Assert.Equal((true, isSecure, port), (parsed.IsWeb, parsed.IsSecureWeb, parsed.Port));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("[::1]:1883")]
    [InlineData("ws://0.0.0.0:9001")]
    [InlineData("wss://127.0.0.1")]
    public void It_is_shown_as_it_was_written(string text) => Assert.Equal(text, $"{BrokerListenAddress.TryParse(text)}");

    [Theory]
    [InlineData("ws://")]
    [InlineData("ws://127.0.0.1:9001/mqtt")]
    [InlineData("http://127.0.0.1:9001")]
    [InlineData("1883")]
    [InlineData(":1883")]
    [InlineData("")]
    [InlineData("0.0.0.0:")]
    [InlineData("0.0.0.0:65536")]
    [InlineData("0.0.0.0:-1")]
    [InlineData("mqtt://0.0.0.0:1883")]
    [InlineData("my-machine:1883")]
    [InlineData("[::]:x")]
    [InlineData("256.0.0.1:1883")]
    public void What_is_no_address_is_none(string text) => Assert.Null(BrokerListenAddress.TryParse(text));
}
