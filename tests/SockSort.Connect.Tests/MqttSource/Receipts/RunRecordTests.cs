using System.Text;
using SockSort.Connect.MqttSource.Receipts;
using SockSort.Mqtt;

namespace SockSort.Connect.Tests.MqttSource.Receipts;

public class RunRecordTests
{
    [Fact]
    public void A_receipt_names_what_is_there_without_a_gap_and_the_ranges_beyond()
    {
        var run = new RunRecord("desk", "0a1b");

        foreach (var seq in (long[])[1, 2, 3, 6, 7, 9])
            run.Add(seq);

        Assert.Equal("""{"run":"0a1b","seq":3,"also":[[6,7],[9,9]]}""", Encoding.UTF8.GetString(run.Receipt.ToBytes()));
    }

    [Fact]
    public void What_begins_later_is_told_as_a_range_only()
    {
        var run = new RunRecord("desk", "0a1b");

        run.Add(5);

        Assert.Equal("""{"run":"0a1b","seq":0,"also":[[5,5]]}""", Encoding.UTF8.GetString(run.Receipt.ToBytes()));
    }

    [Fact]
    public void What_is_kept_is_the_same_when_it_is_read_again()
    {
        var run = new RunRecord("desk", "0a1b");
        foreach (var seq in (long[])[1, 2, 6])
            run.Add(seq);

        var again = RunRecord.Parse(run.ToBytes())!;

        Assert.Equal(run.ToBytes(), again.ToBytes());
        Assert.Equal((true, false, true), (again.Has(2), again.Has(3), again.Has(6)));
    }

    /// <summary>Given up gaps are told as stored, and what comes of them is stored all the same: better twice than not at all.</summary>
    [Fact]
    public void Given_more_gaps_than_are_kept_expect_the_lowest_ones_given_up_and_none_of_their_numbers_taken_for_a_double()
    {
        var run = new RunRecord("desk", "0a1b");

        for (var seq = 1; seq < 1000; seq += 2)
            run.Add(seq);

        Assert.InRange(run.ToBytes().Length, 1, 4096);
        Assert.False(run.Has(2));
        Assert.True(run.Has(999));
        Assert.InRange(run.Receipt.Seq, 400, 998);
    }

    [Theory]
    [InlineData("""{"image": "Google", "probability": 97.4, "camera": "desk", "seq": 12, "ts": 1, "run": "0a1b"}""", "desk 0a1b 12")]
    [InlineData("""{"more": {"camera": "other", "seq": 1, "run": "x"}, "run": "0a1b", "seq": 3, "camera": "d\u00e9sk"}""", "désk 0a1b 3")]
    [InlineData("""{"camera": "desk", "seq": 12}""", null)]
    [InlineData("""{"camera": "desk", "seq": "12", "run": "0a1b"}""", null)]
    [InlineData("""{"camera": "desk", "seq": 0, "run": "0a1b"}""", null)]
    [InlineData("""{"camera": "desk", "seq": 1.5, "run": "0a1b"}""", null)]
    [InlineData("""{"camera": "\ud800", "seq": 1, "run": "0a1b"}""", null)]
    [InlineData("""[1, 2]""", null)]
    [InlineData("""{"camera": "desk", "seq": 12, "run": """, null)]
    [InlineData("12", null)]
    public void A_message_has_an_origin_where_it_names_camera_run_and_number(string payload, string? expected)
    {
        var message = new MqttMessage("sockfound", Encoding.UTF8.GetBytes(payload), 1, false, false, 1);

        var origin = MessageOrigin.Of(message);

        Assert.Equal(expected, origin is { } found ? $"{found.Camera} {found.Run} {found.Seq}" : null);
    }
}
