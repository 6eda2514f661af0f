using System.Globalization;
using System.Text;
using SockSort.Sql.Catalog;
using SockSort.Sql.Syntax;

namespace SockSort.Deploy.Flink;

/// <summary>Writes the tables over Kafka that the streams of a script are.</summary>
/// <param name="bootstrap">Kafka's address as Flink's machines reach it.</param>
/// <param name="login">How it is logged in to there.</param>
/// <param name="idleTimeout">How long windows wait for a partition without records; zero for ever.</param>
internal sealed class FlinkTables(string bootstrap, FlinkLogin login, TimeSpan idleTimeout)
{
    /// <summary>The column of the record's time.</summary>
    public const string Time = "`ROWTIME`";

    /// <summary>The key of a windowed table's records.</summary>
    public const string Key = "`KEY`";

    /// <summary>
    /// Writes the table by which a query reads a stream: fields named as in the JSON, the key in the record's key, the time that of the
    /// record. Its watermark is behind the newest time.
    /// </summary>
    public string Read(FlinkSource stream, FlinkReading reading)
    {
        var (lines, options) = Stream(stream);
        options["scan.startup.mode"] = reading.FromBeginning ? "earliest-offset" : "latest-offset";
        if (reading.Behind is { } behind)
        {
            lines.Add($"WATERMARK FOR {Time} AS {Time} - {FlinkText.Interval(behind)}");
            // By the clock, which is Flink's default, a window would close sooner or later by how busy the machine is.
            options["scan.watermark.emit.strategy"] = "on-event";
            if (idleTimeout > TimeSpan.Zero)
                options["scan.watermark.idle-timeout"] =
                    string.Create(CultureInfo.InvariantCulture, $"{idleTimeout.TotalMilliseconds:0} ms");
        }
        return Table(reading.NameFor(stream.Source.Name), lines, options);
    }

    /// <summary>Writes the table by which queries write a stream.</summary>
    public string Written(FlinkSource stream)
    {
        var (lines, options) = Stream(stream);
        return Table(stream.Source.Name, lines, options);
    }

    /// <summary>
    /// Writes a windowed table's topic: the key's bytes are the group's text and the window's start in 8 bytes, as ksqlDB has them; a row
    /// goes out once.
    /// </summary>
    public string Windowed(DataSource sink, SourceSpan at)
    {
        var lines = sink.Schema.Values.Select(column => $"{FlinkText.Name(column.Name)} {FlinkText.Type(column.Type, at)}")
            .Prepend($"{Key} BYTES").Append($"{Time} TIMESTAMP_LTZ(3) METADATA FROM 'timestamp'");
        return Table(sink.Name, lines, Options(sink.Topic, Key));
    }

    private (List<string> Lines, Dictionary<string, string> Options) Stream(FlinkSource stream)
    {
        var (schema, at) = (stream.Source.Schema, stream.At);
        var lines = schema.Keys.Concat(schema.Values)
            .Select(column => $"{FlinkText.Name(stream.Fields[column.Name])} {FlinkText.Type(column.Type, at)}").ToList();
        lines.Add($"{Time} TIMESTAMP_LTZ(3) METADATA FROM 'timestamp'");
        return (lines, Options(stream.Source.Topic, schema.Keys.Count == 0 ? null : FlinkText.Name(stream.Fields[schema.Keys[0].Name])));
    }

    private Dictionary<string, string> Options(string topic, string? key)
    {
        var options = new Dictionary<string, string>
        {
            ["connector"] = "kafka",
            ["topic"] = topic,
            ["properties.bootstrap.servers"] = bootstrap,
            ["value.format"] = "json",
        };
        foreach (var (name, value) in login.Options)
            options[name] = value;
        if (key is null)
            return options;
        options["key.format"] = "raw";
        options["key.fields"] = key.Trim('`');
        options["value.fields-include"] = "EXCEPT_KEY";
        return options;
    }

    private static string Table(string name, IEnumerable<string> lines, Dictionary<string, string> options)
    {
        var text = new StringBuilder($"CREATE TEMPORARY TABLE {FlinkText.Name(name)} (\n  ");
        _ = text.AppendJoin(",\n  ", lines).Append("\n) WITH (\n  ");
        _ = text.AppendJoin(",\n  ", options.Select(FlinkText.Option)).Append("\n)");
        return text.ToString();
    }
}
