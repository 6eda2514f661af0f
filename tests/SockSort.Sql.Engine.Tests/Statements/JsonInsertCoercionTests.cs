using System.Globalization;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using SockSort.Sql.Values;
using Property = FsCheck.Property;

namespace SockSort.Sql.Engine.Tests.Statements;

/// <summary>What <c>/inserts-stream</c> stores is what was sent, in the column's type; what is none of it is refused.</summary>
public sealed class JsonInsertCoercionTests
{
    private static readonly string[] Columns =
    [
        "BOOLEAN", "INTEGER", "BIGINT", "DECIMAL(6, 2)", "DOUBLE", "STRING", "BYTES", "DATE", "TIME", "TIMESTAMP", "ARRAY<INTEGER>",
        "MAP<STRING, BIGINT>", "STRUCT<A BIGINT, B STRING>",
    ];

    private static readonly Gen<string> Numbers = Gen.OneOf(
        Gen.Choose(-99_999, 99_999).Select(number => number.ToString(CultureInfo.InvariantCulture)),
        Gen.Elements(
            "2147483647", "-2147483648", "2147483648", "3000000000", "9223372036854775807", "-9223372036854775809", "1.7", "12.345",
            "12.30", "-9999.99", "10000.00", "1e-300"));

    private static readonly Gen<string> Values = Gen.OneOf(
        Numbers,
        Gen.Elements(
            "true", "false", "null", "\"2024-02-29\"", "\"09:30\"", "\"2024-02-29T09:30:00.5\"", "\"AAEC\"", "\"a sock\"", "\"7\""),
        Numbers.Select(number => $"[{number}]"),
        Numbers.Select(number => $$"""{"A":{{number}}}"""));

    private static readonly string Streams = string.Concat(Columns.Select((type, i) =>
        $"CREATE STREAM s{i} (v {type}) WITH (KAFKA_TOPIC = 's{i}', VALUE_FORMAT = 'JSON', PARTITIONS = 1);\n"));

    [Property(MaxTest = 300)]
    public Property Given_any_json_and_each_column_expect_that_value_stored_or_a_refusal_that_names_field_and_type() => Prop.ForAll(
        Values.ToArbitrary(),
        given =>
        {
            var sql = SqlHost.StartAsync(Streams).GetAwaiter().GetResult();
            for (var i = 0; i < Columns.Length; i++)
                Check(sql, $"S{i}", Columns[i], given);
        });

    private static void Check(SqlHost sql, string stream, string column, string given)
    {
        var row = Encoding.UTF8.GetBytes($$"""{"V": {{given}}}""");
        var expected = Expected(JsonDocument.Parse(given).RootElement, column);
        if (expected is null)
        {
            var refusal = Assert.Throws<RecordException>(() => sql.Engine.OpenInserts(stream).Read(row));
            Assert.StartsWith($"field 'V' of type {column.Replace("A BIGINT, B STRING", "`A` BIGINT, `B` STRING")}: ", refusal.Message);
            return;
        }
        var stored = JsonDocument.Parse(sql.Engine.OpenInserts(stream).Read(row).Value!.Value).RootElement.GetProperty("V");
        if (stored.ValueKind == JsonValueKind.Number && column == "DOUBLE")
            Assert.Equal(double.Parse(expected, CultureInfo.InvariantCulture), stored.GetDouble());
        else
            Assert.Equal(expected, stored.GetRawText());
    }

    /// <summary>The value as the record is to hold it, in JSON; null where it is to be refused.</summary>
    private static string? Expected(JsonElement given, string column) => (given.ValueKind, column) switch
    {
        (JsonValueKind.Null, _) => "null",
        (JsonValueKind.True or JsonValueKind.False, "BOOLEAN") => given.GetRawText(),
        (JsonValueKind.Number, "INTEGER") => given.TryGetInt32(out _) ? given.GetRawText() : null,
        (JsonValueKind.Number, "BIGINT") => given.TryGetInt64(out _) ? given.GetRawText() : null,
        (JsonValueKind.Number, "DOUBLE") => given.GetRawText(),
        (JsonValueKind.Number, "DECIMAL(6, 2)") => Decimal(given.GetRawText()),
        (JsonValueKind.Array, "ARRAY<INTEGER>") => Expected(given[0], "INTEGER") is { } item ? $"[{item}]" : null,
        (JsonValueKind.Object, "MAP<STRING, BIGINT>") =>
            Expected(given.GetProperty("A"), "BIGINT") is { } item ? $$"""{"A":{{item}}}""" : null,
        (JsonValueKind.Object, "STRUCT<A BIGINT, B STRING>") =>
            Expected(given.GetProperty("A"), "BIGINT") is { } item ? $$"""{"A":{{item}},"B":null}""" : null,
        (JsonValueKind.String, _) => OfText(given.GetString()!, column),
        _ => null,
    };

    private static string? OfText(string text, string column) => (text, column) switch
    {
        (_, "STRING") => $"\"{text}\"",
        ("AAEC", "BYTES") => "\"AAEC\"",
        ("7", "DECIMAL(6, 2)") => "7.00",
        ("2024-02-29", "DATE") => "19782",
        ("09:30", "TIME") => "34200000",
        ("2024-02-29", "TIMESTAMP") => "1709164800000",
        ("2024-02-29T09:30:00.5", "TIMESTAMP") => "1709199000500",
        _ => null,
    };

    private static string? Decimal(string text)
    {
        if (!decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number))
            return null;
        var fits = decimal.Round(number, 2) == number && Math.Abs(number) < 10_000;
        return fits ? number.ToString("0.00", CultureInfo.InvariantCulture) : null;
    }
}
