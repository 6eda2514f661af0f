using System.Text;
using SockSort.Edge.Loop;

namespace SockSort.Edge.Tests.Loop;

public sealed class FrameMessageTests
{
    [Theory]
    [InlineData("Google", 97.42190551757812, """{"image": "Google", "probability": 97.42}""")]
    [InlineData("Blank", 100.0, """{"image": "Blank", "probability": 100.0}""")]
    [InlineData("Running Science", 33.7, """{"image": "Running Science", "probability": 33.7}""")]
    [InlineData("Mongo", 0.0012, """{"image": "Mongo", "probability": 0.0}""")]
    [InlineData("Mongo", 99.996, """{"image": "Mongo", "probability": 100.0}""")]
    public void A_message_is_written_as_the_original_system_writes_it(string label, double percent, string json) =>
        Assert.Equal(json, Encoding.UTF8.GetString(new FrameMessage(label, percent).ToBytes()));

    // What python3 -c 'import json; print(json.dumps({"image": …}))' prints.
    [Theory]
    [InlineData("Söckchen", """{"image": "S\u00f6ckchen", "probability": 50.0}""")]
    [InlineData("a \"b\" \\ c", """{"image": "a \"b\" \\ c", "probability": 50.0}""")]
    [InlineData("tab\tline\nbell\u0007del\u007f", """{"image": "tab\tline\nbell\u0007del\u007f", "probability": 50.0}""")]
    [InlineData("\U0001F9E6", """{"image": "\ud83e\udde6", "probability": 50.0}""")]
    public void Any_label_is_escaped_as_Python_does(string label, string json) =>
        Assert.Equal(json, Encoding.UTF8.GetString(new FrameMessage(label, 50).ToBytes()));

    [Fact]
    public void Further_fields_follow_in_their_order()
    {
        var message = new FrameMessage("Google", 97.42, "desk", 12, DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_123), "0a1b2c");

        Assert.Equal(
            """{"image": "Google", "probability": 97.42, "camera": "desk", "seq": 12, "ts": 1700000000123, "run": "0a1b2c"}""",
            Encoding.UTF8.GetString(message.ToBytes()));
    }

    [Theory]
    [InlineData(0.01234567, "0.0123")]
    [InlineData(0.0, "0.0")]
    [InlineData(1.0, "1.0")]
    public void How_unknown_a_frame_is_comes_before_the_second_label_and_its_probability(double unknown, string written)
    {
        var message = new FrameMessage("Google", 97.42) { Unknown = unknown, Second = "Mongo", SecondPercent = 1.2549 };

        Assert.Equal(
            $$"""{"image": "Google", "probability": 97.42, "unknown": {{written}}, "second": "Mongo", "second_probability": 1.25}""",
            Encoding.UTF8.GetString(message.ToBytes()));
    }
}
