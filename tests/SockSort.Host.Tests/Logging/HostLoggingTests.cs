using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using SockSort.Host.Logging;

namespace SockSort.Host.Tests.Logging;

public sealed partial class HostLoggingTests
{
    private static readonly FakeTimeProvider Time = new(new DateTimeOffset(2026, 11, 30, 3, 42, 37, 120, TimeSpan.Zero));

    [Fact]
    public void A_line_for_people_has_time_level_room_event_id_and_text() =>
        Assert.Equal(
            "2026-11-30T03:42:37.120Z warning Host 9001 connector sock lost its broker, try 3\n",
            Logged(new LogOptions { Time = Time }, log => Lost(log, "sock", 3)));

    [Fact]
    public void A_line_for_programs_has_each_field_by_its_name() =>
        Assert.Equal(
            """{"time":"2026-11-30T03:42:37.120Z","level":"warning","category":"SockSort.Host.Tests.Logging.HostLoggingTests","event":"""
                + """9001,"name":"Lost","message":"connector sock lost its broker, try 3","connector":"sock","tries":3}"""
                + "\n",
            Logged(new LogOptions { Time = Time, Format = LogFormat.Json }, log => Lost(log, "sock", 3)));

    [Fact]
    public void What_is_less_than_the_level_is_left_out() =>
        Assert.Equal("", Logged(new LogOptions { Level = LogLevel.Error }, log => Lost(log, "sock", 3)));

    [Fact]
    public void A_room_may_be_told_of_below_the_level() =>
        Assert.Contains(
            " connector sock lost its broker, try 3\n",
            Logged(new LogOptions { Level = LogLevel.Error, InformationCategory = "SockSort.Host" }, log => Lost(log, "sock", 3)));

    [Fact]
    public void A_text_of_several_lines_is_one_line() =>
        Assert.EndsWith(
            " connector sock | 2026 error forged lost its broker, try 3\n",
            Logged(new LogOptions(), log => Lost(log, "sock\n2026 error forged", 3)));

    [Fact]
    public void A_writer_that_cannot_be_written_to_stops_nobody()
    {
        using var logging = new HostLogging(new LogOptions(), new FullDisk());

        Lost(logging.Loggers.CreateLogger<HostLoggingTests>(), "sock", 3);
    }

    private static string Logged(LogOptions options, Action<ILogger> log)
    {
        var output = new StringWriter { NewLine = "\n" };
        using (var logging = new HostLogging(options, output))
            log(logging.Loggers.CreateLogger<HostLoggingTests>());
        return output.ToString();
    }

    [LoggerMessage(9001, LogLevel.Warning, "connector {Connector} lost its broker, try {Tries}")]
    private static partial void Lost(ILogger log, string connector, int tries);

    private sealed class FullDisk : StringWriter
    {
        public override void WriteLine(string? value) => throw new IOException("no space left on device");
    }
}
