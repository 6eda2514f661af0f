using FsCheck;
using FsCheck.Xunit;
using SockSort.Sql.JavaTime;
using SockSort.Sql.Syntax;

namespace SockSort.Sql.Tests.JavaTime;

/// <summary>Java's DateTimeFormatter letters; expected texts are Java 17's.</summary>
public class JavaDateFormatTests
{
    private const long Moment = 1_526_075_913_045; // 2018-05-11T21:58:33.045Z, a Friday

    [Theory]
    [InlineData("yyyy-MM-dd'T'HH:mm:ss.SSSX", "2018-05-11T21:58:33.045Z")]
    [InlineData("hh:mm:ss", "09:58:33")]
    [InlineData("d MMM yy, h:mm a", "11 May 18, 9:58 PM")]
    [InlineData("EEEE, D", "Friday, 131")]
    [InlineData("HH 'o''clock' xxx", "21 o'clock +00:00")]
    public void A_moment_is_written_as_Java_does(string pattern, string expected) =>
        Assert.Equal(expected, JavaDateFormat.Of(pattern).FormatTimestamp(Moment, TimeZoneInfo.Utc));

    [Theory]
    [InlineData("yyyy-MM-dd'T'HH:mm:ssX", "2018-05-11T21:58:33Z", 1_526_075_913_000)]
    [InlineData("yyyy-MM-dd'T'HH:mm:ss.SX", "2019-08-27T13:31:09.2+0000", 1_566_912_669_200)]
    [InlineData("yy-MM-dd HH:mm:ssX", "10-04-19 12:00:17Z", 1_271_678_417_000)]
    [InlineData("yyyyMMddHHmm", "201805112158", 1_526_075_880_000)]
    [InlineData("d MMM yyyy", "1 jan 1971", 31_536_000_000)]
    public void A_text_is_read_as_Java_does(string pattern, string text, long expected) =>
        Assert.Equal(expected, JavaDateFormat.Of(pattern).ParseTimestamp(text, TimeZoneInfo.Utc));

    [Fact]
    public void A_text_that_does_not_fit_is_told_with_its_place()
    {
        var error = Assert.Throws<FormatException>(() => JavaDateFormat.Of("yyyy-MM-dd").ParseTimestamp("2018-05-x", TimeZoneInfo.Utc));

        Assert.Equal("'2018-05-x' does not fit the pattern 'yyyy-MM-dd' at character 9", error.Message);
    }

    [Property]
    public void What_was_written_reads_back(int seconds)
    {
        var format = JavaDateFormat.Of("yyyy-MM-dd HH:mm:ss.SSS XXX");
        var milliseconds = (seconds * 1000L) + 7;

        Assert.Equal(milliseconds, format.ParseTimestamp(format.FormatTimestamp(milliseconds, TimeZoneInfo.Utc), TimeZoneInfo.Utc));
    }
}
