using FsCheck.Xunit;
using SockSort.Edge.Cameras;

namespace SockSort.Edge.Tests.Cameras;

public sealed class CameraNameTests
{
    private static readonly MachineIdentity Pi = new("pi4", "3d1219c7c4c5404aaa1f6d2a48adfda4");

    [Theory]
    [InlineData("rtsp://admin:S3cretPart#1@10.0.0.5:554/stream?x=1", "10.0.0.5-554-stream-")]
    [InlineData("rtsp://admin:secret@door.lan/cam/realmonitor?channel=2&subtype=0", "door.lan-cam-realmonitor-channel-2-subty-")]
    [InlineData("rtsp://10.0.0.5/user=admin_password=secret_channel=1.sdp", "10.0.0.5-user-password-channel-1.sdp-")]
    [InlineData("http://[fe80::1]:8080/", "fe80-1-8080-")]
    [InlineData("/dev/video0", "pi4-video0-")]
    [InlineData("/home/me/socks + more.gif", "pi4-socks-more.gif-")]
    [InlineData("/", "pi4-")]
    [InlineData("synthetic:1", "pi4-synthetic-1-")]
    public void A_name_says_what_people_can_read_and_ends_in_a_tag(string source, string readable)
    {
        var name = CameraName.For(source, Pi);

        Assert.Equal(readable, name[..^6]);
        Assert.Matches("^[0-9a-f]{6}$", name[^6..]);
    }

    [Fact]
    public void It_is_the_same_at_each_start() =>
        Assert.Equal(
            CameraName.For("rtsp://admin:older@10.0.0.5:554/stream", Pi),
            CameraName.For("rtsp://root:newer@10.0.0.5:554/stream", Pi with { }));

    [Fact]
    public void A_source_is_the_same_however_its_path_is_written() =>
        Assert.Equal(CameraName.For("socks", Pi), CameraName.For(Path.Combine(Environment.CurrentDirectory, "x/../socks"), Pi));

    [Theory]
    [InlineData("rtsp://10.0.0.5/a", "rtsp://10.0.0.5/b")]
    [InlineData("rtsp://10.0.0.5/a", "rtsp://10.0.0.5:8554/a")]
    [InlineData("rtsp://10.0.0.5/a?token=one", "rtsp://10.0.0.5/a?token=two")]
    [InlineData("rtsps://10.0.0.1:7441/cR5AvSr8pIRdZXEl", "rtsps://10.0.0.1:7441/dS6BwTs9qJSeAYFm")]
    [InlineData("/dev/video0", "/dev/video1")]
    [InlineData("/home/me/one/frames", "/home/me/two/frames")]
    [InlineData("synthetic:1", "synthetic:2")]
    public void Two_cameras_of_one_machine_have_two_names(string one, string other) =>
        Assert.NotEqual(CameraName.For(one, Pi), CameraName.For(other, Pi));

    [Theory]
    [InlineData("pi4", "another key")]
    [InlineData("pi5", "3d1219c7c4c5404aaa1f6d2a48adfda4")]
    public void Two_machines_give_their_first_cameras_two_names(string name, string key) =>
        Assert.NotEqual(CameraName.For("/dev/video0", Pi), CameraName.For("/dev/video0", new MachineIdentity(name, key)));

    [Fact]
    public void Without_a_key_of_the_machine_the_tag_says_nothing_of_what_is_secret()
    {
        var keyless = Pi with { Key = "" };

        Assert.Equal(CameraName.For("rtsp://10.0.0.5/a?token=one", keyless), CameraName.For("rtsp://10.0.0.5/a?token=two", keyless));
    }

    [Property]
    public bool Every_name_is_short_and_one_level_of_a_topic(string path) =>
        CameraName.For("/dev/" + path?.Replace("\0", "", StringComparison.Ordinal), Pi) is var name && name.Length <= 47
            && name == CameraName.TopicLevel(name);

    [Theory]
    [InlineData("left desk", "left desk")]
    [InlineData("a/b+c#d\n", "a-b-c-d-")]
    public void A_user_s_name_becomes_one_level_of_a_topic(string name, string level) => Assert.Equal(level, CameraName.TopicLevel(name));
}
