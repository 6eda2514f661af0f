using SockSort.Log;
using SockSort.Sql.Engine.Results;

namespace SockSort.Sql.Engine.Tests.Clients;

/// <summary>What PRINT says of a topic: the formats that all records fit, then a line for each record.</summary>
public sealed class TopicPrinterTests
{
    private static readonly byte[] WindowStart = [0, 0, 0, 0, 0, 0, 0x27, 0x10];

    [Fact]
    public async Task Formats_that_fit_stand_before_the_first_record()
    {
        var lines = await PrintAsync(
            NewRecord.Of(0, "a"u8.ToArray(), """{"V":1}"""u8.ToArray()), NewRecord.Of(5, "b"u8.ToArray(), """{"V":2}"""u8.ToArray()));

        Assert.Equal(
            [
                "Key format: KAFKA_STRING",
                "Value format: JSON or KAFKA_STRING",
                """rowtime: 1970/01/01 00:00:00.000 Z, key: a, value: {"V":1}, partition: 0""",
                """rowtime: 1970/01/01 00:00:00.005 Z, key: b, value: {"V":2}, partition: 0""",
            ],
            lines);
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public async Task A_key_has_the_formats_that_its_bytes_allow(byte[]? key, string formats)
    {
        var lines = await PrintAsync(NewRecord.Of(0, key, "1"u8.ToArray()));

        Assert.Equal([$"Key format: {formats}", "Value format: KAFKA_STRING"], lines.Take(2));
    }

    public static TheoryData<byte[]?, string> Keys => new()
    {
        { null, @"¯\_(ツ)_/¯ - no data processed" },
        { [0, 0, 0, 5], "KAFKA_INT or KAFKA_STRING" },
        { [0, 0, 0, 0, 0, 0, 0, 5], "KAFKA_BIGINT or KAFKA_DOUBLE or KAFKA_STRING" },
        { [0x40, 0x80, 0xA6, 0xFD, 0x9B, 0xC9, 0xF5, 0x82], "KAFKA_BIGINT or KAFKA_DOUBLE" },
        { [0xFF, 0xFE, 0xFD], "UNRECOGNIZED_BYTES" },
        { [(byte)'s', .. WindowStart], "HOPPING(KAFKA_STRING) or TUMBLING(KAFKA_STRING) or KAFKA_STRING" },
    };

    private static async Task<List<string>> PrintAsync(params NewRecord[] records)
    {
        await using var sql = await SqlHost.StartAsync("");
        _ = sql.Topics.Append("t", records);
        await sql.RunAsync("PRINT t FROM BEGINNING;");
        var lines = new List<string>();
        var printer = Assert.IsType<PrintResult>(sql.Results[^1]).Printer;
        await foreach (var line in printer.ReadAsync(TestContext.Current.CancellationToken, endsAtEnd: true))
            lines.Add(line);
        return lines;
    }
}
