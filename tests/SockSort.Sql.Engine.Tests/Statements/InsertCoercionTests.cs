using System.Globalization;
using System.Numerics;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Property = FsCheck.Property;

namespace SockSort.Sql.Engine.Tests.Statements;

/// <summary>What INSERT INTO … VALUES stores is what was written, in the column's type; what is none of it is refused.</summary>
public sealed class InsertCoercionTests
{
    private static readonly string[] Columns =
    [
        "BOOLEAN", "INTEGER", "BIGINT", "DECIMAL(6, 2)", "DECIMAL(20, 0)", "DOUBLE", "STRING", "BYTES", "DATE", "TIME", "TIMESTAMP",
        "ARRAY<INTEGER>", "ARRAY<DOUBLE>", "MAP<STRING, BIGINT>", "STRUCT<A BIGINT, B STRING>",
    ];

    private static readonly Gen<Given> Numbers = Gen.OneOf(
        Gen.OneOf(Gen.Elements(0, -1, int.MaxValue, int.MinValue), Gen.Choose(-99_999, 99_999)).Select(number => new Given(
            number.ToString(CultureInfo.InvariantCulture), "INTEGER", number)),
        Gen.Elements(3_000_000_000, long.MaxValue, long.MinValue, -2_147_483_649).Select(number => new Given(
            number.ToString(CultureInfo.InvariantCulture), "BIGINT", number)),
        Gen.Elements("1.7", "12.345", "1234.5", "-9999.99", "10000.00", "0.001", "12.300").Select(text => new Given(
            text, "DECIMAL", decimal.Parse(text, CultureInfo.InvariantCulture))),
        Gen.Elements("1e10", "-2.5E0", "1e-300").Select(text => new Given(
            text, "DOUBLE", double.Parse(text, CultureInfo.InvariantCulture))));

    private static readonly Gen<Given> Others = Gen.OneOf(
        Gen.Elements(true, false).Select(flag => new Given(flag ? "TRUE" : "FALSE", "BOOLEAN", flag)),
        Gen.Elements("2024-02-29", "09:30", "2024-02-29T09:30:00.5", "AAEC", "a sock", "7", "true").Select(text => new Given(
            $"'{text}'", "STRING", text)),
        Gen.Constant(new Given("TO_BYTES('AAEC', 'base64')", "BYTES", "AAEC")),
        Gen.Constant(new Given("CAST('2024-02-29' AS DATE)", "DATE", 19782)),
        Gen.Constant(new Given("CAST('09:30' AS TIME)", "TIME", 34_200_000)),
        Gen.Constant(new Given("CAST('2024-02-29T00:00:01' AS TIMESTAMP)", "TIMESTAMP", 1_709_164_801_000)));

    private static readonly Gen<Given> Collections = Gen.OneOf(
        Numbers.Select(item => new Given($"ARRAY[{item.Sql}]", "ARRAY", item)),
        Numbers.Select(item => new Given($"MAP('k' := {item.Sql})", "MAP", item)),
        Numbers.Select(item => new Given($"STRUCT(A := {item.Sql})", "STRUCT", item)));

    private static readonly string Streams = string.Concat(Columns.Select((type, i) =>
        $"CREATE STREAM s{i} (v {type}) WITH (KAFKA_TOPIC = 's{i}', VALUE_FORMAT = 'JSON', PARTITIONS = 1);\n"));

    [Property(MaxTest = 300)]
    public Property Given_any_value_and_each_column_expect_that_value_stored_or_a_refusal_that_names_the_column() => Prop.ForAll(
        Gen.OneOf(Numbers, Others, Collections).ToArbitrary(),
        given =>
        {
            var sql = SqlHost.StartAsync(Streams).GetAwaiter().GetResult();
            for (var i = 0; i < Columns.Length; i++)
            {
                var refusal = Record.Exception(() => sql.RunAsync($"INSERT INTO s{i} VALUES ({given.Sql});").GetAwaiter().GetResult());

                Check(given, Columns[i], refusal, sql.Values($"s{i}"));
            }
        });

    private static void Check(Given given, string column, Exception? refusal, string[] stored)
    {
        if (Expected(given, column) is { } expected)
        {
            Assert.Null(refusal);
            var value = JsonDocument.Parse(Assert.Single(stored)).RootElement.GetProperty("V");
            Assert.True(Same(expected, value), $"{given.Sql} into {column} is stored as {value}");
        }
        else
        {
            Assert.True(refusal is not null, $"{given.Sql} into {column} is stored as {string.Join(", ", stored)}");
            Assert.Matches("column V (is|of type) ", Assert.IsType<SqlException>(refusal).Message);
            Assert.Empty(stored);
        }
    }

    /// <summary>The value as the record is to hold it; null where it is to be refused.</summary>
    private static object? Expected(Given given, string column) => (given.Type, column) switch
    {
        ("INTEGER" or "BIGINT" or "DECIMAL" or "DOUBLE", _) => Number(given, column),
        ("ARRAY", "ARRAY<INTEGER>") => Of(Number((Given)given.Value, "INTEGER"), ""),
        ("ARRAY", "ARRAY<DOUBLE>") => Of(Number((Given)given.Value, "DOUBLE"), ""),
        ("MAP", "MAP<STRING, BIGINT>") => Of(Number((Given)given.Value, "BIGINT"), "k"),
        ("STRUCT", "STRUCT<A BIGINT, B STRING>") => Of(Number((Given)given.Value, "BIGINT"), "A"),
        ("STRING", "STRING") or ("BYTES", "BYTES") or ("BOOLEAN", "BOOLEAN") => given.Value,
        ("STRING", "BYTES") when given.Value is "AAEC" or "true" => given.Value,
        ("STRING", "DATE") when given.Value is "2024-02-29" => 19782,
        ("STRING", "TIME") when given.Value is "09:30" => 34_200_000,
        ("STRING", "TIMESTAMP") when given.Value is "2024-02-29" => 1_709_164_800_000,
        ("STRING", "TIMESTAMP") when given.Value is "2024-02-29T09:30:00.5" => 1_709_199_000_500,
        ("DATE" or "TIME" or "TIMESTAMP", _) when given.Type == column => given.Value,
        _ => null,
    };

    private static object? Number(Given given, string column) => column switch
    {
        "INTEGER" => given.Type == "INTEGER" ? given.Value : null,
        "BIGINT" => given.Type is "INTEGER" or "BIGINT" ? given.Value : null,
        "DOUBLE" => Convert.ToDouble(given.Value, CultureInfo.InvariantCulture),
        "DECIMAL(6, 2)" => Decimal(given, digits: 2, below: 10_000),
        "DECIMAL(20, 0)" => Decimal(given, digits: 0, below: BigInteger.Pow(10, 20)),
        _ => null,
    };

    private static object? Decimal(Given given, int digits, BigInteger below)
    {
        if (given.Type == "DOUBLE")
            return null;
        var number = Convert.ToDecimal(given.Value, CultureInfo.InvariantCulture);
        return decimal.Round(number, digits) == number && BigInteger.Abs((BigInteger)number) < below ? number : null;
    }

    private static (object, string)? Of(object? item, string name) => item is null ? null : (item, name);

    private static bool Same(object expected, JsonElement stored) => expected switch
    {
        (object item, "") => Same(item, stored[0]),
        (object item, string name) => Same(item, stored.GetProperty(name)),
        bool flag => stored.GetBoolean() == flag,
        string text => stored.GetString() == text,
        double number => stored.GetDouble().Equals(number),
        _ => stored.GetDecimal() == Convert.ToDecimal(expected, CultureInfo.InvariantCulture),
    };

    /// <param name="Sql">As it is written.</param>
    /// <param name="Type">Of the expression.</param>
    /// <param name="Value">What it means; of a collection, the one item.</param>
    private sealed record Given(string Sql, string Type, object Value);
}
