using SockSort.Host.Listening;

namespace SockSort.Host.Tests.Listening;

public sealed class WebAddressTests
{
    [Theory]
    [InlineData("http://127.0.0.1:8088", "http://127.0.0.1:8088", false)]
    [InlineData("http://localhost:8088/", "http://127.0.0.1:8088", false)]
    [InlineData("https://0.0.0.0:4000", "https://0.0.0.0:4000", true)]
    [InlineData("http://[::1]:8088", "http://[::1]:8088", false)]
    [InlineData("http://192.0.2.1", "http://192.0.2.1:80", true)]
    [InlineData("http://127.0.0.1:0", "http://127.0.0.1:0", false)]
    public void An_address_is_of_this_machine_with_a_port_and_says_whether_it_speaks_tls(string text, string expected, bool isBeyond)
    {
        var address = WebAddress.Parse(text);

        Assert.Equal((expected, isBeyond), ($"{address}", address.IsBeyondLoopback));
    }

    [Theory]
    [InlineData("127.0.0.1:8088", "is no address to listen on, expected one as http://127.0.0.1:8088 or https://0.0.0.0:8088")]
    [InlineData("ftp://127.0.0.1", "is no address to listen on, expected one as http://127.0.0.1:8088 or https://0.0.0.0:8088")]
    [InlineData("http://127.0.0.1:8088/path", "is no address to listen on, expected one as http://127.0.0.1:8088 or https://0.0.0.0:8088")]
    [InlineData("http://me@127.0.0.1", "is no address to listen on, expected one as http://127.0.0.1:8088 or https://0.0.0.0:8088")]
    public void What_is_none_is_refused(string text, string problem)
    {
        var error = Assert.Throws<ListeningException>(() => WebAddress.Parse(text));

        Assert.Equal($"'{text}' {problem}", error.Message);
    }

    [Fact]
    public void The_name_of_another_machine_is_no_address()
    {
        var error = Assert.Throws<ListeningException>(() => WebAddress.Parse("http://example.org:80"));

        Assert.Equal("'example.org' is no address of this machine, expected one as 127.0.0.1 or 0.0.0.0", error.Message);
    }
}
