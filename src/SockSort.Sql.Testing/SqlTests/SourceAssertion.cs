using SockSort.Sql.Catalog;
using SockSort.Sql.Syntax;
using SockSort.Sql.Testing.Conformance;

namespace SockSort.Sql.Testing.SqlTests;

/// <summary>Checks <c>ASSERT STREAM|TABLE</c>: what the statement names of a source is compared with the source.</summary>
internal static class SourceAssertion
{
    private const string JavaClass = "io.confluent.ksql.util.KsqlException";

    /// <exception cref="AssertionException">The source is not there, or differs.</exception>
    public static void Check(AssertSource assertion, MetaStore catalog)
    {
        var expected = assertion.Expected;
        var source = catalog.Find(expected.Name)
            ?? throw new AssertionException(assertion.Span, $"{expected.Name} does not exist.", JavaClass);
        if (expected.Columns.Count > 0 && !SchemaMatcher.Matches(expected.Columns, source, catalog))
            throw Differs(assertion, "schema", Columns(expected), $"{source.Schema}");
        Compare(assertion, "type", expected.IsTable ? "table" : "stream", source.KindName);
        foreach (var property in expected.With.Items)
            Check(assertion, property, source);
    }

    private static void Check(AssertSource assertion, Property property, DataSource source)
    {
        var wanted = Text(property.Value);
        switch (property.Name.ToUpperInvariant())
        {
            case "KAFKA_TOPIC":
                Compare(assertion, "kafka topic", wanted, source.Topic);
                break;
            case "KEY_FORMAT":
                Compare(assertion, "key format", wanted, source.KeyFormat.Name, StringComparison.OrdinalIgnoreCase);
                break;
            case "VALUE_FORMAT":
                Compare(assertion, "value format", wanted, source.ValueFormat.Name, StringComparison.OrdinalIgnoreCase);
                break;
            case "FORMAT":
                Compare(assertion, "key format", wanted, source.KeyFormat.Name, StringComparison.OrdinalIgnoreCase);
                Compare(assertion, "value format", wanted, source.ValueFormat.Name, StringComparison.OrdinalIgnoreCase);
                break;
            case "VALUE_DELIMITER":
                Compare(assertion, "delimiter", wanted, source.ValueFormat.Delimiter.ToString());
                break;
            case "WRAP_SINGLE_VALUE":
                var isWrapped = $"{source.ValueFormat.IsWrapped ?? true}";
                Compare(assertion, "value serde features", wanted, isWrapped, StringComparison.OrdinalIgnoreCase);
                break;
            case "TIMESTAMP":
                Compare(assertion, "timestamp column", wanted, source.Timestamp?.Name ?? "", StringComparison.OrdinalIgnoreCase);
                break;
            case "TIMESTAMP_FORMAT":
                Compare(assertion, "timestamp format", wanted, source.Timestamp?.Format ?? "");
                break;
            default:
                // Of a topic's partitions and replicas the runner knows nothing.
                break;
        }
    }

    private static void Compare(
        AssertSource assertion, string what, string expected, string actual, StringComparison comparison = StringComparison.Ordinal)
    {
        if (!string.Equals(expected, actual, comparison))
            throw Differs(assertion, what, expected, actual);
    }

    private static AssertionException Differs(AssertSource assertion, string what, string expected, string actual) => new(
        assertion.Span,
        $"Expected {what} does not match actual for source {assertion.Expected.Name}.\n\tExpected: {expected}\n\tActual:   {actual}",
        JavaClass);

    private static string Columns(CreateSource source) => string.Join(", ", source.Columns.Select(column => column.Span.Text));

    private static string Text(Expression value) => value is StringLiteral text ? text.Value : value.Span.Text;
}
