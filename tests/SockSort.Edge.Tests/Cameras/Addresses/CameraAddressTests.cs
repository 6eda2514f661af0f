using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using SockSort.Edge.Cameras;
using SockSort.Edge.Cameras.Addresses;
using SockSort.Mqtt.Addresses;

namespace SockSort.Edge.Tests.Cameras.Addresses;

public sealed class CameraAddressTests
{
    private const string Special = "#?/@%:&=+;,!$'\"*() <>[]{}|\\^~`";
    private const string Letters = "abcXYZ019äß";

    [Theory]
    [InlineData("rtsp://admin:S3cretPart#1@10.0.0.5:554/stream?x=1", "S3cretPart#1", "10.0.0.5", 554, "/stream?x=1")]
    [InlineData("rtsp://admin:pa?ss@10.0.0.5/stream", "pa?ss", "10.0.0.5", 0, "/stream")]
    [InlineData("rtsp://admin:pa/ss@10.0.0.5/stream", "pa/ss", "10.0.0.5", 0, "/stream")]
    [InlineData("rtsp://admin:p@ss/w0rd#1@cam:8554/stream", "p@ss/w0rd#1", "cam", 8554, "/stream")]
    [InlineData("rtsp://admin:pa:ss@door.lan/stream", "pa:ss", "door.lan", 0, "/stream")]
    [InlineData("rtsp://admin:100%@cam/stream", "100%", "cam", 0, "/stream")]
    [InlineData("rtsp://admin:p%40ss%23@cam/stream", "p@ss#", "cam", 0, "/stream")]
    [InlineData("rtsp://admin:p%40ss#@cam/stream", "p%40ss#", "cam", 0, "/stream")]
    [InlineData("rtsp://admin:1234#5@10.0.0.5/stream", "1234#5", "10.0.0.5", 0, "/stream")]
    [InlineData("rtsp://admin:123/4@10.0.0.5:554/stream", "123/4", "10.0.0.5", 554, "/stream")]
    [InlineData("rtsp://admin:@cam/stream", "", "cam", 0, "/stream")]
    [InlineData("RTSP://admin:secret@[fe80::1]:554", "secret", "[fe80::1]", 554, "")]
    [InlineData("rtsp://admin:secret@10.0.0.5:554/user@x", "secret", "10.0.0.5", 554, "/user@x")]
    [InlineData("rtsp://admin:secret@cam:554/user@x", "secret", "cam", 554, "/user@x")]
    [InlineData("http://admin:secret@cam?mail=a@b.c&x", "secret", "cam", 0, "?mail=a@b.c&x")]
    public void A_password_is_read_as_people_write_it(string written, string password, string host, int port, string tail)
    {
        var address = CameraAddress.Parse(written);

        Assert.Equal(("admin", password, host, port, tail), (address.User, address.Password, address.Host, address.Port, address.Tail));
    }

    [Theory]
    [InlineData("rtsp://cam/user@x", "cam", "/user@x")]
    [InlineData("rtsp://cam:554/user@x", "cam", "/user@x")]
    [InlineData("http://cam:8080/video?mail=a@b.c", "cam", "/video?mail=a@b.c")]
    [InlineData("http://cam/video?mail=a@b.c&size=2", "cam", "/video?mail=a@b.c&size=2")]
    [InlineData("rtsp://10.0.0.5:99/a:b@c", "10.0.0.5", "/a:b@c")]
    public void Without_credentials_an_at_sign_belongs_to_path_or_query(string written, string host, string tail)
    {
        var address = CameraAddress.Parse(written);

        Assert.Equal((null, null, host, tail), (address.User, address.Password, address.Host, address.Tail));
    }

    [Theory]
    [InlineData("rtsp://admin:p@ss/word@cam/stream")]
    [InlineData("rtsp://admin:99/9@cam/stream")]
    [InlineData("rtsp://admin:p@1.2.3.4/5@10.0.0.5/stream")]
    public void An_address_that_can_be_read_in_two_ways_is_refused_without_repeating_it(string written)
    {
        var error = Assert.Throws<CameraException>(() => CameraAddress.Parse(written));

        Assert.Equal(
            "the camera's rtsp:// address can be read in two ways, by which of its '@' ends the password: write those in the path as %40, "
            + "or give user and password by --camera-user and --camera-password-file (it is not repeated here, as it may hold a password)",
            error.Message);
    }

    [Fact]
    public void An_address_without_a_host_is_refused_without_repeating_it()
    {
        var error = Assert.Throws<CameraException>(() => CameraAddress.Parse("rtsp://admin:secret@"));

        Assert.Equal(
            "the camera's address names no host: write it as rtsp://USER:PASSWORD@HOST:PORT/PATH (it is not repeated here, as "
                + "it may hold a password)",
            error.Message);
    }

    [Theory]
    [InlineData("rtsp://user:secret@host:554/a", "rtsp://user:***@host:554/a")]
    [InlineData("rtsp://user@host/a", "rtsp://user@host/a")]
    [InlineData("rtsp://:secret@host/a", "rtsp://:***@host/a")]
    [InlineData("http://host:8080/a@b", "http://host:8080/***@b")]
    [InlineData("rtsp://10.0.0.5:554/a@b", "rtsp://10.0.0.5:554/a@b")]
    [InlineData("rtsp://user:sec@ret@host/a", "rtsp://user:***@host/a")]
    [InlineData("rtsp://user:sec:r@t@host:554", "rtsp://user:***@host:554")]
    [InlineData("http://cam/videostream.cgi?user=admin&pwd=secret", "http://cam/videostream.cgi")]
    [InlineData("http://cam/flv?port=1935&stream=channel0_main.bcs&user=admin&password=secret", "http://cam/flv?stream=channel0_main.bcs")]
    [InlineData("rtsp://a:b@10.0.0.5/cam/realmonitor?channel=1&subtype=0", "rtsp://a:***@10.0.0.5/cam/realmonitor?channel=1&subtype=0")]
    [InlineData("http://cam/video?channel=secret/password&token=secret", "http://cam/video")]
    [InlineData("http://admin:secret@cam?auth=secret", "http://admin:***@cam")]
    [InlineData("http://cam/a#secret", "http://cam/a")]
    [InlineData("rtsp://cam/user=admin_password=secret_channel=1_stream=0.sdp", "rtsp://cam/user=***&password=***&channel=1&stream=0.sdp")]
    [InlineData("rtsp://cam/user=admin&password=sec/ret&channel=1", "rtsp://cam/user=***&password=***&channel=1")]
    [InlineData("rtsps://10.0.0.1:7441/cR5AvSr8pIRdZXEl?enableSrtp", "rtsps://10.0.0.1:7441/***")]
    [InlineData("rtsp://cam/h264Preview_01_main", "rtsp://cam/h264Preview_01_main")]
    [InlineData("rtsp://cam/Streaming/Channels/101", "rtsp://cam/Streaming/Channels/101")]
    public void The_shown_address_holds_no_password_and_of_the_query_what_says_which_picture(string written, string shown) =>
        Assert.Equal(shown, CameraAddress.Parse(written).Shown);

    [Fact]
    public void User_and_password_given_apart_go_before_those_in_the_address()
    {
        var address = CameraAddress.Parse("rtsp://old:older@10.0.0.5/a@b", "admin", "p@ss/#");

        Assert.Equal(("admin", "p@ss/#"), (address.User, address.Password));
        Assert.Equal("rtsp://admin:p%40ss%2F%23@10.0.0.5/a@b", address.WithCredentials);
    }

    [Fact]
    public void A_password_given_apart_is_filled_into_the_query_where_the_address_says_so()
    {
        var address = CameraAddress.Parse("http://cam/video.cgi?user={user}&pwd={password}", "admin", "p&ss");

        Assert.Equal("http://cam/video.cgi?user=admin&pwd=p%26ss", address.WithoutCredentials);
        Assert.Equal("http://admin:***@cam/video.cgi", address.Shown);
    }

    [Fact]
    public void A_password_without_a_user_only_fills_in_what_the_address_asks_for()
    {
        var address = CameraAddress.Parse("http://cam/{password}/video", user: null, "key");

        Assert.Equal(("http://cam/key/video", "http://cam/{password}/video"), (address.WithCredentials, address.Shown));
    }

    [Property(MaxTest = 500)]
    public Property Whatever_the_password_holds_it_is_read_whole_and_shown_nowhere() => Prop.ForAll(Passwords(), password =>
    {
        var address = CameraAddress.Parse($"rtsp://admin:{password}@10.0.0.5:554/stream?channel=1");

        Assert.Equal("rtsp://admin:***@10.0.0.5:554/stream?channel=1", address.Shown);
        Assert.Equal(password, address.Password);
        Assert.Equal(password, CameraAddress.Parse(address.WithCredentials).Password);
    });

    [Property(MaxTest = 500)]
    public Property No_secret_stays_in_what_another_program_says_of_the_address() => Prop.ForAll(Passwords(), word =>
    {
        var password = "S3cret" + word;
        var written = $"rtsp://admin:{password}@10.0.0.5:554/stream?token={Uri.EscapeDataString(password)}";
        var address = CameraAddress.Parse(written);
        var said =
            $"[rtsp @ 0x1] {written}: no; {address.WithCredentials} ({address.WithoutCredentials}): {password} rtsp://x:{password}@y/";

        Assert.DoesNotContain("S3cret", address.Redact(said) + Secretless.Text(said) + Secretless.Address(written));
    });

    /// <summary>
    /// Any characters, but no percent code, which would be decoded, and no host with '@' before it, which would be another reading.
    /// </summary>
    private static Arbitrary<string> Passwords() =>
        Gen.Elements((Special + Special + Letters).ToCharArray()).ArrayOf().Select(characters => new string(characters))
            .Where(password =>
                !System.Text.RegularExpressions.Regex.IsMatch(password, "^([^%/?#@]|%[0-9A-Fa-f]{2})*$") || !password.Contains('%'))
            .ToArbitrary();
}
