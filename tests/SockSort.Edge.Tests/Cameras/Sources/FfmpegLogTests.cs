using SockSort.Edge.Cameras.Sources;

namespace SockSort.Edge.Tests.Cameras.Sources;

public sealed class FfmpegLogTests
{
    private readonly FfmpegLog _log = new(beginsWithin: false);

    [Fact]
    public void Frames_that_a_decoder_calls_damaged_are_counted_once_each()
    {
        Hear(
            "[h264 @ 0x561ada6b6340] [error] cabac decode of qscale diff failed at 19 9",
            "[h264 @ 0x561ada6b6340] [error] error while decoding MB 19 9, bytestream -6",
            "[warning] file:socks.mp4: corrupt decoded frame in stream 0",
            "[error] Error while decoding stream #0:0: Invalid data found when processing input",
            "[vist#0:0/h264 @ 0x5610] [dec:h264 @ 0x5620] [error] Error submitting packet to decoder: Invalid data "
                + "found when processing input");

        Assert.Equal(3, _log.Damaged);
        Assert.Equal("Error submitting packet to decoder: Invalid data found when processing input", _log.LastError);
    }

    [Fact]
    public void Complaints_of_a_decoder_that_calls_no_frame_damaged_count_once_until_the_next_frame()
    {
        Hear("[mjpeg @ 0x5568202b1880] [error] error count: 268435461", "[mjpeg @ 0x5568202b1880] [error] error y=11 x=10");
        _log.FrameDone();
        Hear("[mjpeg @ 0x5568202b1880] [error] error y=3 x=1", "[swscaler @ 0x556820306480] [swscaler @ 0x5568203139c0] [warning] "
            + "deprecated pixel format used");

        Assert.Equal(2, _log.Damaged);
    }

    [Fact]
    public void What_a_decoder_misses_before_the_first_frame_of_a_camera_is_no_damage()
    {
        var log = new FfmpegLog(beginsWithin: true);
        log.Hear("[h264 @ 0x561ada6b6340] [error] non-existing PPS 0 referenced");
        log.Hear("[error] Error while decoding stream #0:0: Invalid data found when processing input");
        Assert.Equal(0, log.Damaged);

        log.FrameDone();
        log.Hear("[error] Error while decoding stream #0:0: Invalid data found when processing input");

        Assert.Equal(1, log.Damaged);
    }

    [Theory]
    [InlineData("[info]   Duration: 00:00:02.50, start: 0.000000, bitrate: 145 kb/s", 2.5)]
    [InlineData("[info]   Duration: N/A, start: 1.400000, bitrate: N/A", null)]
    public async Task How_long_a_video_is_is_heard(string line, double? seconds)
    {
        Hear("[info] Input #0, mov,mp4, from 'pipe:0':", line);

        Assert.Equal(seconds, (await _log.Duration)?.TotalSeconds);
    }

    [Fact]
    public void A_network_that_breaks_off_is_no_damage()
    {
        Hear("[http @ 0x5641c644cd40] [error] Stream ends prematurely at 48, should be 772799");

        Assert.Equal((true, 0), (_log.LostConnection, (int)_log.Damaged));
    }

    private void Hear(params string[] lines)
    {
        foreach (var line in lines)
            _log.Hear(line);
    }
}
