
namespace SockSort.Mqtt.Tests;

public class MqttEndpointTests
{
    [Theory]
    [InlineData("mqtt://example.org", "mqtt://example.org:1883", null, null)]
    [InlineData("tcp://example.org:1884", "mqtt://example.org:1884", null, null)]
    [InlineData("ssl://example.org", "mqtts://example.org:8883", null, null)]
    [InlineData("mqtts://[::1]:99", "mqtts://[::1]:99", null, null)]
    [InlineData(" mqtt://ann:p%40ss@example.org ", "mqtt://example.org:1883", "ann", "p@ss")]
    [InlineData("mqtt://ann:p#1/2?3@4:5%@example.org:1884", "mqtt://example.org:1884", "ann", "p#1/2?3@4:5%")]
    [InlineData("mqtt://ann:12#3@10.0.0.5", "mqtt://10.0.0.5:1883", "ann", "12#3")]
    [InlineData("mqtt://ann@my_broker", "mqtt://my_broker:1883", "ann", null)]
    [InlineData("mqtt://bücher.example", "mqtt://xn--bcher-kva.example:1883", null, null)]
    public void An_address_is_read(string uri, string text, string? user, string? password)
    {
        var endpoint = MqttEndpoint.Parse(uri);

        Assert.Equal((text, user, password), (endpoint.ToString(), endpoint.User, endpoint.Password));
    }

    [Fact]
    public void Given_credentials_go_before_those_of_the_address()
    {
        var endpoint = MqttEndpoint.Parse("mqtt://ann:one@example.org", "bob", "two");

        Assert.Equal(("bob", "two"), (endpoint.User, endpoint.Password));
    }

    [Theory]
    [InlineData("example.org", "the broker's address is no URI with a host; write it as mqtt://host:1883, or mqtts://host:8883 for TLS")]
    [InlineData("", "the broker's address is no URI with a host; write it as mqtt://host:1883, or mqtts://host:8883 for TLS")]
    [InlineData(
        "mqtt://u:secret@", "the broker's address is no URI with a host; write it as mqtt://host:1883, or mqtts://host:8883 for TLS")]
    [InlineData(
        "mqtt://u:s@cret/x@broker",
        "the broker's address can be read in two ways, by which of its '@' ends the password: percent-encode the password, or give it "
            + "apart; write it as mqtt://host:1883, or mqtts://host:8883 for TLS")]
    [InlineData(
        "http://u:secret@example.org",
        "the broker's address has the unknown scheme 'http'; write it as mqtt://host:1883, or mqtts://host:8883 for TLS")]
    public void A_wrong_address_is_refused_without_being_repeated(string uri, string message)
    {
        var error = Assert.Throws<MqttException>(() => MqttEndpoint.Parse(uri));

        Assert.Equal(message, error.Message);
    }

    [Fact]
    public void The_text_never_holds_the_password() =>
        Assert.DoesNotContain("secret", $"{MqttEndpoint.Parse("mqtt://ann:secret@example.org")}");
}
