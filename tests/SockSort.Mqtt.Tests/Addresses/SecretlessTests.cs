using SockSort.Mqtt.Addresses;

namespace SockSort.Mqtt.Tests.Addresses;

public sealed class SecretlessTests
{
    [Theory]
    [InlineData("rtsp://h/x?channel=1&subtype=0: Connection refused", "rtsp://h/x?channel=1&subtype=0: Connection refused")]
    [InlineData("open rtsp://admin:secret@h/x, then http://h/y?token=secret.", "open rtsp://admin:***@h/x, then http://h/y.")]
    [InlineData("rtsp://h/x; rtsp://h/y:", "rtsp://h/x; rtsp://h/y:")]
    [InlineData("argument 'rtsp://admin:secret@h/x'.", "argument 'rtsp://admin:***@h/x'.")]
    [InlineData("nothing: to hide.", "nothing: to hide.")]
    public void Of_a_sentence_only_the_addresses_secrets_are_hidden(string text, string shown) =>
        Assert.Equal(shown, Secretless.Text(text));
}
