using FsCheck;
using FsCheck.Fluent;

namespace SockSort.Sql.Tests.Printing;

/// <summary>Statements that the grammar allows, as people might write them: any case, blanks and comments, redundant parentheses.</summary>
public static class StatementGenerator
{
    private static readonly Gen<string> Name = Gen.Elements(
        "sock", "SCORE", "image", "Found_2", "1R", "`lower case`", "\"Quoted\"", "`a``b`", "`select`", "`DAYS`", "`ARRAY`", "emit",
        "window_start", "rowtime");

    private static readonly Gen<string> Gap = Gen.Frequency(
        (8, Gen.Constant(" ")), (2, Gen.Constant("\n")), (1, Gen.Constant(" -- why\n")), (1, Gen.Constant(" /* how */ ")));

    private static readonly Gen<string> Literal = Gen.Elements(
        "NULL", "true", "False", "0", "42", "-7", "2147483648", "-9223372036854775808", "1.50", ".5", "-3.", "1e3", "-2.5E-3", "''",
        "'it''s'", "'${file:/x:Y}'", "'a -- b'", "'ü🧦'");

    private static readonly Gen<string> Duration =
        from count in Gen.Choose(1, 90)
        from unit in Gen.Elements("MILLISECONDS", "SECOND", "seconds", "MINUTES", "HOUR", "DAYS")
        select $"{count} {unit}";

    public static Gen<string> Type { get; } = Types(2);

    public static Gen<string> Expression { get; } = Expressions(3);

    public static Gen<string> Statement { get; } = Gen.Frequency(
        (6, Query()), (3, CreateAs()), (3, CreateSource()), (2, Inserts()), (3, Small()));

    private static Gen<string> Word(string text) => Gen.Elements(text, text.ToLowerInvariant());

    private static Gen<string> Maybe(Gen<string> part) => Gen.Frequency((1, Gen.Constant("")), (1, part));

    private static Gen<string> Joined(Gen<string> item, string separator, int least, int most) =>
        from count in Gen.Choose(least, most)
        from items in item.ArrayOf(count)
        select string.Join(separator, items);

    private static Gen<string> Types(int depth)
    {
        var plain = Gen.Elements(
            "INT", "integer", "BIGINT", "DOUBLE", "BOOLEAN", "VARCHAR", "STRING", "VARCHAR(20)", "BYTES", "DATE", "TIME", "TIMESTAMP",
            "DECIMAL(4, 2)", "dec(10)", "`my type`", "ADDRESS");
        if (depth == 0)
            return plain;
        var inner = Types(depth - 1);
        return Gen.Frequency(
            (4, plain),
            (1, inner.Select(type => $"ARRAY<{type}>")),
            (1, inner.Select(type => $"MAP<STRING, {type}>")),
            (1, Joined(Name.Zip(inner, (name, type) => $"{name} {type}"), ", ", 1, 3).Select(fields => $"STRUCT<{fields}>")));
    }

    private static Gen<string> Expressions(int depth)
    {
        var column = Gen.Frequency(
            (3, Name), (1, Name.Zip(Name.Where(name => !char.IsAsciiDigit(name[0])), (source, name) => $"{source}.{name}")));
        var atom = Gen.Frequency((3, column), (2, Literal));
        if (depth == 0)
            return atom;
        var inner = Expressions(depth - 1);
        var part = Gen.Frequency((2, atom), (1, inner.Select(text => $"({text})")));
        return Gen.Frequency(
            (3, atom),
            (3, Infix(part)),
            (2, Predicates(part)),
            (1, part.Select(text => $"NOT ({text})")),
            (1, part.Select(text => $"- ({text})")),
            (1, column.Zip(Name, (text, field) => $"{text}->{field}")),
            (1, column.Zip(inner, (text, index) => $"{text}[{index}]")),
            (2, Calls(inner)),
            (1, Constructors(inner)),
            (1, Cases(inner)),
            (1, inner.Zip(Types(1), (text, type) => $"CAST({text} AS {type})")));
    }

    private static Gen<string> Infix(Gen<string> part) =>
        from symbol in Gen.Elements(
            " + ", " - ", "*", " / ", " % ", " = ", "!=", " <> ", "<", " >= ", " AND ", " or ", " IS DISTINCT FROM ",
            " is not distinct from ")
        from text in Joined(part, symbol, 2, 3)
        select text;

    private static Gen<string> Predicates(Gen<string> part) => Gen.OneOf(
        part.Select(text => $"{text} IS NULL"),
        part.Select(text => $"{text} is not null"),
        part.Zip(part, (low, high) => $"sock BETWEEN {low} AND {high}"),
        part.Zip(part, (low, high) => $"sock NOT BETWEEN {low} AND {high}"),
        Joined(part, ", ", 1, 3).Select(items => $"image IN ({items})"),
        Joined(part, ", ", 1, 3).Select(items => $"image NOT IN ({items})"),
        part.Select(text => $"{text} LIKE 'a!%%' ESCAPE '!'"),
        part.Select(text => $"{text} NOT LIKE '_'"));

    private static Gen<string> Calls(Gen<string> inner) => Gen.OneOf(
        Gen.Constant("COUNT(*)"),
        Gen.Constant("windowstart()"),
        Joined(inner, ",", 1, 3).Select(items => $"concat({items})"),
        inner.Select(text => $"DATEADD(DAYS, 1, {text})"),
        inner.Select(text => $"FILTER(socks, x => {text})"),
        inner.Zip(inner, (key, value) => $"TRANSFORM(socks, (k, v) => {key}, (k, v) => {value})"));

    private static Gen<string> Constructors(Gen<string> inner) => Gen.OneOf(
        Joined(inner, ", ", 1, 3).Select(items => $"ARRAY[{items}]"),
        Joined(inner.Select(value => $"'k' := {value}"), ", ", 1, 2).Select(entries => $"MAP({entries})"),
        Joined(Name.Zip(inner, (name, value) => $"{name} := {value}"), ", ", 1, 2).Select(entries => $"STRUCT({entries})"));

    private static Gen<string> Cases(Gen<string> inner) =>
        from operand in Maybe(inner)
        from whens in Joined(inner.Zip(inner, (when, then) => $"WHEN {when} THEN {then}"), " ", 1, 2)
        from otherwise in Maybe(inner.Select(text => $"ELSE {text}"))
        select $"CASE {operand} {whens} {otherwise} END";

    private static Gen<string> Item() => Gen.Frequency(
        (1, Gen.Constant("*")),
        (1, Gen.Constant("s.*")),
        (1, Gen.Constant("address->*")),
        (4, Expression),
        (2, Expression.Zip(Name, (text, alias) => $"{text} AS {alias}")));

    private static Gen<string> Source() => Name.Zip(Maybe(Name.Select(alias => $" AS {alias}")), (name, alias) => name + alias);

    private static Gen<string> Join() =>
        from kind in Gen.Elements("JOIN", "inner join", "LEFT JOIN", "LEFT OUTER JOIN", "right join", "FULL OUTER JOIN")
        from source in Source()
        from within in Maybe(
            Gen.OneOf(Duration, Duration.Zip(Duration, (before, after) => $"({before}, {after})"))
                .Select(bounds => $" WITHIN {bounds} GRACE PERIOD 1 SECOND"))
        from condition in Expression
        select $" {kind} {source}{within} ON {condition}";

    private static Gen<string> Window() => Gen.OneOf(
        Duration.Select(size => $"TUMBLING (SIZE {size})"),
        Duration.Zip(Duration, (size, grace) => $"tumbling (size {size}, retention 2 days, grace period {grace})"),
        Gen.Constant("HOPPING (SIZE 30 SECONDS, ADVANCE BY 10 SECONDS)"),
        Duration.Select(gap => $"SESSION ({gap}, GRACE PERIOD 1 HOUR)"));

    private static Gen<string> Grouping() => Gen.Frequency(
        (3, Joined(Name, ", ", 1, 2)),
        (1, Joined(Name, ", ", 1, 2).Select(list => $"({list})")),
        (1, Expression.Select(text => $"({text})")));

    private static Gen<string> Query() =>
        from verb in Word("SELECT")
        from gap in Gap
        from items in Joined(Item(), ", ", 1, 4)
        from source in Source()
        from joins in Gen.Frequency((3, Gen.Constant("")), (1, Joined(Join(), "", 1, 2)))
        from window in Maybe(Window().Select(text => $" WINDOW {text}"))
        from condition in Maybe(Expression.Select(text => $" WHERE {text}"))
        from groups in Maybe(Grouping().Select(text => $" GROUP BY {text}"))
        from parts in Gen.Frequency((4, Gen.Constant("")), (1, Grouping().Select(text => $" PARTITION BY {text}")))
        from having in Maybe(Expression.Select(text => $" HAVING {text}"))
        from emit in Gen.Elements("", " EMIT CHANGES", " emit final")
        from limit in Gen.Elements("", " LIMIT 3")
        select $"{verb}{gap}{items}{gap}FROM {source}{joins}{gap}{window}{condition}{groups}{parts}{having}{emit}{limit}";

    private static Gen<string> With() =>
        Joined(
            Gen.Elements(
                "KAFKA_TOPIC = 'data_mqtt'", "value_format='JSON'", "'connector.class' = 'x.Y'", "PARTITIONS = 4",
                "WRAP_SINGLE_VALUE = false", "`lower` = 1.5"),
            ", ",
            1,
            3)
            .Select(list => $" WITH ({list})");

    private static Gen<string> CreateAs() =>
        from start in Gen.Elements("CREATE STREAM", "create table", "CREATE OR REPLACE STREAM", "CREATE TABLE IF NOT EXISTS")
        from name in Name
        from with in Maybe(With())
        from query in Query()
        select $"{start} {name}{with} AS {query}";

    private static Gen<string> CreateSource() =>
        from start in Gen.Elements("CREATE STREAM", "CREATE TABLE", "create or replace stream", "CREATE SOURCE TABLE IF NOT EXISTS")
        from name in Name
        from columns in Joined(Column(), ", ", 1, 4)
        from with in Maybe(With())
        select $"{start} {name} ({columns}){with}";

    private static Gen<string> Column() =>
        from name in Name
        from type in Type
        from role in Gen.Elements("", "", " KEY", " PRIMARY KEY", " HEADERS", " HEADER('h')")
        select $"{name} {type}{role}";

    private static Gen<string> Inserts() => Gen.OneOf(
        Name.Zip(Joined(Expression, ", ", 1, 3), (name, values) => $"INSERT INTO {name} VALUES ({values})"),
        Name.Zip(Joined(Literal, ", ", 2, 2), (name, values) => $"insert into {name} (sock, `b c`) values ({values})"),
        Name.Zip(Query(), (name, query) => $"INSERT INTO {name} {query}"));

    private static Gen<string> Small() => Gen.Elements(
        "DROP STREAM IF EXISTS socks DELETE TOPIC", "DROP TABLE `t`", "ALTER STREAM socks ADD COLUMN a INT, ADD b STRING", "TERMINATE ALL",
        "pause CSAS_X_1", "RESUME q",
        "SET 'auto.offset.reset' = 'earliest'", "UNSET 'auto.offset.reset'", "DEFINE color = 'red'", "UNDEFINE color", "SHOW TOPICS",
        "LIST ALL TOPICS EXTENDED",
        "SHOW SOURCE CONNECTORS", "SHOW CONNECTOR PLUGINS", "DESCRIBE socks EXTENDED", "DESCRIBE FUNCTION substring",
        "DESCRIBE STREAMS EXTENDED", "DESCRIBE TABLES",
        "DESCRIBE CONNECTOR c", "PRINT 'data_mqtt' FROM BEGINNING INTERVAL 2 LIMIT 3", "PRINT data_mqtt", "EXPLAIN q_1",
        "EXPLAIN SELECT * FROM socks EMIT CHANGES",
        "CREATE SOURCE CONNECTOR IF NOT EXISTS `mqtt-source` WITH ('a.b' = 'c', tasks = 1)", "DROP CONNECTOR IF EXISTS c",
        "PAUSE CONNECTOR `mqtt-source`", "RESUME CONNECTOR IF EXISTS c", "restart connector c", "PAUSE `CONNECTOR`",
        "CREATE TYPE address AS STRUCT<street STRING, number INT>",
        "DROP TYPE IF EXISTS address", "ASSERT NOT EXISTS TOPIC t WITH (PARTITIONS = 1) TIMEOUT 10 SECONDS", "ASSERT TOPIC 'x'");
}
