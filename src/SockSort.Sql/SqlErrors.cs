using SockSort.Sql.Catalog;
using SockSort.Sql.Formats;
using SockSort.Sql.Parsing;
using SockSort.Sql.Syntax;
using SockSort.Sql.Types;

namespace SockSort.Sql;

/// <summary>All messages of the engine: SQL00xx the text of a statement, SQL01xx names and types, SQL02xx queries and statements, SQL03xx records.</summary>
/// <remarks>A table: long since there are many mistakes, and in one place so that no code is given twice and they speak alike.</remarks>
internal static class SqlErrors
{
    private static readonly string[] Statements =
        ["SELECT", "CREATE", "INSERT", "DROP", "ALTER", "TERMINATE", "PAUSE", "RESUME", "SET", "UNSET", "DEFINE", "UNDEFINE", "SHOW", "LIST",
         "DESCRIBE", "PRINT", "EXPLAIN", "ASSERT"];

    public static SqlException Unexpected(Token token, string expected) =>
        Parse("SQL0001", token.Span, $"unexpected {token.Shown}", $"expected {expected}{Meant(token, expected)}");

    /// <summary>Something stands behind a whole statement that does not belong there.</summary>
    public static SqlException NotTheEnd(Token token, Token previous) => Parse("SQL0001", token.Span, $"unexpected {token.Shown}", token.Text switch
    {
        ")" => "there is one ')' too many",
        "BY" when previous.Text == "ORDER" => "there is no ORDER BY: rows come in the order in which they change",
        "UNION" => "there is no UNION: a second query adds its rows with INSERT INTO … SELECT",
        "WINDOW" or "WHERE" or "GROUP" or "PARTITION" or "HAVING" or "EMIT" =>
            "the clauses stand in this order: SELECT, FROM, WINDOW, WHERE, GROUP BY, PARTITION BY, HAVING, EMIT, LIMIT",
        _ => "expected ';' or the rest of the statement",
    });

    /// <summary>A clause begins, or an operator stands, where a value is needed.</summary>
    public static SqlException ExpressionMissing(Token token) =>
        Parse("SQL0018", token.Span, $"an expression is missing before {token.Shown}", token.Text == "DISTINCT"
            ? "there is no SELECT DISTINCT: GROUP BY the columns"
            : $"write a column, a value or a function call; as a name the word is written `{token.Text}`");

    public static SqlException DoubleEquals(SourceSpan at) => Parse("SQL0021", at, "unexpected '=='", "one = compares");

    public static SqlException UnknownCharacter(char c, SourceSpan at) =>
        Parse("SQL0002", at, $"unexpected character '{c}'", c == '$' ? "a variable is written ${name}" : "strings stand in single quotes, names in back-quotes");

    public static SqlException NeverEnds(char quote, SourceSpan at) =>
        Parse("SQL0003", at, $"the text that begins with {quote} never ends", $"close it with {quote}; write {quote}{quote} for one inside");

    public static SqlException CommentNeverEnds(SourceSpan at) => Parse("SQL0004", at, "the comment never ends", "close it with */");

    public static SqlException ReservedWord(Token token, string what) =>
        Parse("SQL0005", token.Span, $"unexpected '{token.Text}'", $"expected {what}; to use this word as a name write `{token.Text}` in back-quotes");

    public static SqlException UnknownStatement(Token token) =>
        Parse("SQL0006", token.Span, $"unknown statement {token.Shown}", Names.DidYouMean(token.Text, Statements) ?? $"a statement begins with {string.Join(", ", Statements)}");

    public static SqlException TooDeep(SourceSpan at, int depth) =>
        Parse("SQL0007", at, $"the expression is nested deeper than {depth} levels", "split it into several statements");

    public static SqlException TooManyOperators(SourceSpan at, int most) =>
        Parse("SQL0015", at, $"the expression has more than {most} operators", "write many alternatives as IN (…), or split it into several statements");

    public static SqlException VariableNeverEnds(Token variable) =>
        Parse("SQL0020", variable.Span, $"the variable ${{{variable.Text}}} never ends: its value names it again", "give it a value that does not name it, with DEFINE");

    public static SqlException NumberTooLarge(string text, SourceSpan at) =>
        Parse("SQL0008", at, $"the number {text} does not fit into BIGINT", "write it with a decimal point (DECIMAL) or an exponent (DOUBLE)");

    public static SqlException DoubleOverflow(string text, SourceSpan at) =>
        Parse("SQL0009", at, $"the number {text} does not fit into DOUBLE", "the largest is 1.7976931348623157E308");

    public static SqlException WrongDecimalType(int precision, int scale, SourceSpan at) =>
        Analysis("SQL0010", at, $"DECIMAL({precision}, {scale}) is no type", "the precision is 1 or more, the scale 0 to the precision");

    public static SqlException EscapeNotOneCharacter(string text, SourceSpan at) =>
        Analysis("SQL0011", at, $"the escape '{text}' is {text.Length} characters long", "write one character: LIKE '10!%' ESCAPE '!'");

    public static SqlException WrongWindow(WindowClause window) =>
        Analysis("SQL0012", window.Span, "the window's durations do not fit together", "SIZE and ADVANCE BY are above zero, and ADVANCE BY is not longer than SIZE");

    public static SqlException TooLong(SourceSpan at, int mostDays) =>
        Parse("SQL0019", at, "the duration is too long", $"{mostDays} DAYS is the most");

    public static SqlException LogicalInGrouping(SourceSpan at) =>
        Parse("SQL0013", at, "AND and OR are not expected here", "separate several expressions by commas, or put the condition in parentheses");

    public static SqlException PropertyNotLiteral(string name, SourceSpan at) =>
        Parse("SQL0014", at, $"the value of '{name}' is no literal", "write a string, a number, true or false");

    public static SqlException UnknownVariable(Token variable, IEnumerable<string> known) =>
        Parse("SQL0016", variable.Span, $"there is no variable '{variable.Text}'", Names.DidYouMean(variable.Text, known) ?? $"write DEFINE {variable.Text} = 'value' before");

    public static SqlException NoSchemaRegistry(SourceSpan at) =>
        Parse("SQL0017", at, "ASSERT SCHEMA asks a schema registry, which SockSort does not have", "ASSERT TOPIC looks at topics");

    public static SqlException UnknownType(string name, IEnumerable<string> known, SourceSpan at) =>
        Analysis("SQL0101", at, $"there is no type '{name}'", name is "ARRAY" or "MAP" or "STRUCT"
            ? "write the types of its parts: ARRAY<STRING>, MAP<STRING, INT>, STRUCT<name STRING>"
            : Names.DidYouMean(name, known) ?? $"types: {string.Join(", ", known)}");

    public static SqlException ColumnNotFound(string column, string where, IEnumerable<string> known, SourceSpan at) =>
        Analysis("SQL0102", at, $"column '{column}' does not exist in {where}", at.Text.StartsWith('"')
            ? $"double quotes are for names; a string is written '{column}'"
            : Names.DidYouMean(column, known) ?? $"columns: {string.Join(", ", known)}");

    public static SqlException AmbiguousColumn(string column, IEnumerable<string> candidates, SourceSpan at) =>
        Analysis("SQL0103", at, $"column '{column}' is ambiguous", $"write one of {string.Join(", ", candidates)}");

    public static SqlException UnknownQualifier(string name, IEnumerable<string> known, SourceSpan at) =>
        Analysis("SQL0104", at, $"'{name}' is not a stream, table or alias of this query", $"known here: {string.Join(", ", known)}");

    public static SqlException SourceNotFound(string name, IEnumerable<string> known, SourceSpan at) =>
        Analysis("SQL0105", at, $"'{name}' does not exist", Names.DidYouMean(name, known) ?? (known.Any() ? $"streams and tables: {string.Join(", ", known)}" : "there are no streams or tables yet: CREATE STREAM makes one"));

    public static SqlException UnknownFunction(FunctionCall call, IEnumerable<string> known) =>
        Analysis("SQL0106", call.NameSpan, $"there is no function '{call.Name}'", FunctionNames.Elsewhere(call.Name) is { } own
            ? $"did you mean '{own}'?"
            : Names.DidYouMean(call.Name, known) ?? "SHOW FUNCTIONS lists them");

    public static SqlException UnknownUnit(ColumnName unit) =>
        Analysis("SQL0132", unit.Span, $"'{unit.Name}' is no unit of time", "write MILLISECONDS, SECONDS, MINUTES, HOURS or DAYS");

    public static SqlException WrongArguments(FunctionCall call, IEnumerable<SqlType> types, IEnumerable<string> signatures) =>
        Analysis("SQL0107", call.Span, $"function '{call.Name}' does not accept ({string.Join(", ", types)})",
            $"it takes {string.Join(" or ", signatures.Select(signature => call.Name + signature))}");

    public static SqlException AggregateNotHere(FunctionCall call) =>
        Analysis("SQL0108", call.Span, $"the aggregate {call} cannot be used here", "aggregates stand in SELECT and HAVING of a query with GROUP BY");

    public static SqlException TableFunctionNotHere(FunctionCall call) =>
        Analysis("SQL0109", call.NameSpan, $"the table function '{call.Name}' cannot be used here", "table functions stand in SELECT, outside other functions");

    public static SqlException NotBoolean(Expression expression, SqlType type) =>
        Analysis("SQL0110", expression.Span, $"the condition {expression} has type {type}", "a condition is BOOLEAN: compare it with something");

    public static SqlException NotNumeric(Expression expression, SqlType type) =>
        Analysis("SQL0111", expression.Span, $"{expression} has type {type}", "a number is needed here: CAST may help");

    public static SqlException NoArithmetic(Arithmetic arithmetic, SqlType left, SqlType right) =>
        Analysis("SQL0112", arithmetic.Span, $"there is no {left} {arithmetic.Operator} {right}", "both sides are numbers, or two strings for +; CAST may help");

    public static SqlException NotComparable(string symbol, SqlType left, SqlType right, Expression written) =>
        Analysis("SQL0113", written.Span, $"{left} cannot be compared with {right} by {symbol} in {written}", "bring both to one type with CAST");

    public static SqlException ComparedWithNull(Expression written) =>
        Analysis("SQL0114", written.Span, $"a comparison with NULL is never true: {written}", "write IS NULL or IS NOT NULL");

    public static SqlException DoesNotFit(Expression item, SqlType type, SqlType wanted) =>
        Analysis("SQL0115", item.Span, $"{item} has type {type}, which does not fit {wanted}", "bring all to one type with CAST");

    public static SqlException WrongLiteral(string text, SqlType type, SourceSpan at) =>
        Analysis("SQL0116", at, $"\"{text}\" is no {type.Base.ToString().ToUpperInvariant()}", $"write a value that reads as {type}");

    public static SqlException CaseTypesDiffer(SqlType first, SqlType other, SourceSpan at) =>
        Analysis("SQL0117", at, $"the results of CASE differ in type: {first} and {other}", "bring all to one type with CAST");

    public static SqlException CaseWithoutType(SourceSpan at) =>
        Analysis("SQL0118", at, "all results of the CASE expression are NULL", "give one of them a type: CAST(NULL AS STRING)");

    public static SqlException NullWithoutType(SourceSpan at) =>
        Analysis("SQL0119", at, "the type of NULL is not known here", "give it one: CAST(NULL AS VARCHAR)");

    public static SqlException NoCast(SqlType from, SqlType to, SourceSpan at) =>
        Analysis("SQL0120", at, $"cast of {from} to {to} is not possible",
            from is ArrayType or MapType or StructType ? "cast its elements or fields: TRANSFORM(items, x => CAST(x AS INT)), place->house" : "what goes: numbers among each other, strings to and from anything, TIMESTAMP to DATE and TIME");

    public static SqlException NotAStruct(FieldAccess access, SqlType type) =>
        Analysis("SQL0121", access.Span, $"{access.Base} has type {type}, so it has no field '{access.Field}'", "-> reads a field of a STRUCT");

    public static SqlException UnknownField(FieldAccess access, StructType row) =>
        Analysis("SQL0122", access.Span, $"{access.Base} has no field '{access.Field}'",
            Names.DidYouMean(access.Field, row.Fields.Select(f => f.Name)) ?? $"fields: {string.Join(", ", row.Fields.Select(f => f.Name))}");

    public static SqlException SubscriptOnStruct(Subscript subscript) =>
        Analysis("SQL0123", subscript.Span, $"{subscript.Base} is a STRUCT", "read a field with ->");

    public static SqlException WrongSubscript(Subscript subscript, SqlType collection, SqlType index) =>
        Analysis("SQL0124", subscript.Span, $"{subscript.Base} of type {collection} has no elements by {index}", "an array takes a whole number from 1, a map a key of its type");

    public static SqlException LikeNeedsString(Expression expression, SqlType type) =>
        Analysis("SQL0125", expression.Span, $"LIKE compares strings, but {expression} has type {type}", "CAST it to STRING");

    public static SqlException EmptyConstructor(string what, string example, SourceSpan at) =>
        Analysis("SQL0126", at, $"{what} without elements has no type", $"give at least one: {example}");

    public static SqlException AllNull(string what, string part, SourceSpan at) =>
        Analysis("SQL0127", at, $"cannot construct {what} whose every {part} is NULL", $"give one {part} a type: CAST(NULL AS STRING)");

    public static SqlException DoubleField(string name, SourceSpan at) =>
        Analysis("SQL0128", at, $"field '{name}' stands twice in the STRUCT", "give each field its own name");

    public static SqlException LambdaOutsideCall(SourceSpan at) =>
        Analysis("SQL0129", at, "a lambda can only be an argument of a function", "for example TRANSFORM(items, x => x + 1)");

    public static SqlException WrongLambda(Lambda lambda, int expected) =>
        Analysis("SQL0130", lambda.Span, $"the lambda takes {lambda.Parameters.Count} values, but gets {expected} here",
            expected == 1 ? "write x => …" : $"write ({string.Join(", ", "kvwxyz".Take(expected))}) => …");

    public static SqlException WrongLambdaResult(Lambda lambda, SqlType type, SqlType expected) =>
        Analysis("SQL0131", lambda.Span, $"the lambda gives {type}, {expected} is needed here",
            expected.Base == SqlBaseType.Boolean ? "a condition is BOOLEAN: compare it with something" : $"CAST its result to {expected}");

    public static SqlException WindowBoundNotHere(string name, SourceSpan at) =>
        Analysis("SQL0201", at, $"the window bound {name} can only be used in the SELECT clause of a windowed aggregation", "select it, and filter in a second query");

    public static SqlException WindowBoundOfJoin(string name, string where, SourceSpan at) =>
        Analysis("SQL0211", at, $"the window bound {name} cannot be resolved among {where}", "join in a first query, and aggregate its result in a second one: there the bound can be selected");

    public static SqlException NotGrouped(IReadOnlyList<Expression> expressions, IReadOnlyList<ColumnName> columns)
    {
        var names = columns.Select(column => $"'{column.Name}'").Distinct().ToList();
        var where = expressions.All(expression => expression is ColumnName) ? "" : $": {string.Join(", ", expressions)}";
        return Analysis("SQL0202", columns[0].Span, $"column {string.Join(", ", names)} is neither grouped by nor inside an aggregate{where}",
            $"add it to GROUP BY, or write LATEST_BY_OFFSET({columns[0].Name})");
    }

    public static SqlException AggregateWithoutGroupBy(FunctionCall call, IReadOnlyList<Expression> others) =>
        Analysis("SQL0300", call.Span, $"the aggregate {call} needs GROUP BY" + (others.Count == 0 ? "" : $": {string.Join(", ", others)} stands outside of it"),
            others.Count == 0 ? "add GROUP BY with the columns to group by" : $"write GROUP BY {string.Join(", ", others)}");

    public static SqlException AggregateNotForTables(IReadOnlyList<string> names, SourceSpan at) =>
        Analysis("SQL0203", at, $"{string.Join(", ", names)} cannot take rows out again, which a table's changes need", "apply such aggregates to a stream");

    public static SqlException AggregateNotForSessions(FunctionCall call) =>
        Analysis("SQL0204", call.Span, $"the aggregate '{call.Name}' cannot join two sessions", "use a tumbling or hopping window");

    public static SqlException NestedAggregate(FunctionCall call, FunctionCall outer) =>
        Analysis("SQL0205", call.Span, $"the aggregate {call} stands inside another aggregate: {outer}", "aggregate in a first query, and again in a second one");

    public static SqlException GroupAndPartition(SourceSpan at) =>
        Analysis("SQL0206", at, "GROUP BY and PARTITION BY exclude each other", "a group's key is what it is grouped by");

    public static SqlException WindowOverTable(SourceSpan at) =>
        Analysis("SQL0207", at, "WINDOW is not for tables", "windows cut streams into pieces; drop the clause or read a stream");

    public static SqlException FinalWithoutWindow(SourceSpan at) =>
        Analysis("SQL0208", at, "EMIT FINAL is only supported for windowed aggregations", "write EMIT CHANGES, or add WINDOW and GROUP BY");

    public static SqlException GroupWithoutAggregate(SourceSpan at) =>
        Analysis("SQL0209", at, "GROUP BY requires an aggregate function in SELECT or HAVING", "add one, for example COUNT(*)");

    public static SqlException NeedsGroupBy(string clause, SourceSpan at) =>
        Analysis("SQL0210", at, $"{clause} needs GROUP BY", "add the columns to group by");

    public static SqlException PartitionOfTable(SourceSpan at) =>
        Analysis("SQL0212", at, "PARTITION BY is not for tables: a table's key is what makes its rows", "aggregate with GROUP BY for another key");

    public static SqlException PartitionOfWindowed(string where, SourceSpan at) =>
        Analysis("SQL0312", at, $"PARTITION BY is not for windowed sources ({where}): the window is a part of their key", "select WINDOWSTART into a column of a stream without windows first");

    public static SqlException EmptyGrouping(string clause, SourceSpan at) =>
        Analysis("SQL0213", at, $"{clause} requires at least one expression", $"name what the rows have in common: {clause} image");

    public static SqlException PartitionByNull(SourceSpan at) =>
        Analysis("SQL0214", at, "cannot PARTITION BY multiple columns including NULL", "NULL alone removes the key");

    public static SqlException DoubleGrouping(string text, SourceSpan at) =>
        Analysis("SQL0215", at, $"{text} stands twice among the grouping expressions", "keep one of them");

    public static SqlException DoubleColumn(string name, SourceSpan at, IEnumerable<SqlType>? types = null) =>
        Analysis("SQL0216", at, $"there are two columns '{name}'{(types is null ? "" : $" ({string.Join(" and ", types)})")}", "name one of them with AS");

    public static SqlException ColumnExists(string name, SourceSpan at) =>
        Analysis("SQL0311", at, $"there is a column '{name}' already", "give this one another name");

    public static SqlException ReservedAlias(string name, SourceSpan at) =>
        Analysis("SQL0217", at, $"`{name}` is a reserved column name and cannot be an alias", "choose another name");

    public static SqlException ReservedColumn(string name, SourceSpan at) =>
        Analysis("SQL0218", at, $"reserved column name in select: `{name}`", "name it with AS");

    public static SqlException StarOnNoStruct(Expression expression, SqlType type) =>
        Analysis("SQL0220", expression.Span, $"{expression} has type {type}, so ->* finds no fields", "->* is for a STRUCT");

    public static SqlException NoValueColumns(string sink, SourceSpan at) =>
        Analysis("SQL0221", at, $"the projection of `{sink}` contains no value columns", "select at least one column beside the key; AS_VALUE(key) copies the key");

    public static SqlException MapInKey(string column, SqlType type, SourceSpan at) =>
        Analysis("SQL0222", at, $"key column `{column}` has type {type}, and a MAP in a key has no fixed order of entries", "use another type for the key");

    public static SqlException KeyNotProjected(string sink, IReadOnlyList<string> keys, string? synthetic, Query query) =>
        Analysis("SQL0223", query.Span, $"the query that builds `{sink}` must include its key in the projection: {string.Join(" and ", keys)}",
            synthetic is not null && keys.Contains(synthetic)
                ? $"the join compares no columns, so its key is {synthetic}: write SELECT {synthetic} AS name, …"
                : $"write SELECT {string.Join(", ", keys.Select(key => key.Split(" or ")[0]))}, …");

    public static SqlException KeyProjectedTwice(string key, IEnumerable<string> aliases, Query query) =>
        Analysis("SQL0224", query.Span, $"the projection contains the key column `{key}` more than once: {string.Join(" and ", aliases)}",
            $"keep one; AS_VALUE({key}) copies it into a value column");

    public static SqlException SelfJoin(string left, string right, SourceSpan at) =>
        Analysis("SQL0279", at, $"cannot join '{left}' to '{right}': a source cannot be joined to itself", "make a second stream or table over the same topic and join that");

    public static SqlException DoubleAlias(string label, SourceSpan at) =>
        Analysis("SQL0280", at, $"two sources of the join are called '{label}'", "give one of them another alias: AS name");

    public static SqlException KafkaFormatInState(IReadOnlyList<string> sources, string clause, SourceSpan at) =>
        Analysis("SQL0281", at, $"{string.Join(", ", sources)}: values in format 'KAFKA' hold a single column and cannot carry the state of a {clause}", "use JSON or DELIMITED as VALUE_FORMAT");

    public static SqlException JoinConditions(string condition, SourceSpan at) =>
        Analysis("SQL0282", at, $"invalid join condition: a join compares one expression of each side, not several: {condition}", "join on one equality, and put the rest into WHERE");

    public static SqlException JoinNotEqual(string condition, SourceSpan at) =>
        Analysis("SQL0283", at, $"invalid join condition: {condition}", "a join condition is an equality: ON a.id = b.id");

    public static SqlException JoinSide(string side, string condition, SourceSpan at) =>
        Analysis("SQL0284", at, $"invalid expression '{side}' in the join condition '{condition}'", "each side of the equality names columns of exactly one source");

    public static SqlException JoinOneSided(string condition, string right, SourceSpan at) =>
        Analysis("SQL0285", at, $"invalid join condition {condition}: one side of the equality must be about {right}, the other about the sources before it", "write ON a.id = b.id");

    public static SqlException JoinTypesDiffer(string left, SqlType leftType, string right, SqlType rightType, SourceSpan at) =>
        Analysis("SQL0286", at, $"invalid join condition: the types differ: {left} is {leftType}, {right} is {rightType}", "bring both to one type with CAST");

    public static SqlException JoinWithoutWithin(string left, string right, SourceSpan at) =>
        Analysis("SQL0287", at, $"the join of {left} with stream '{right}' has no WITHIN clause", "say how far apart in time two records may be: WITHIN 10 SECONDS");

    public static SqlException WithinWithTable(SourceSpan at) =>
        Analysis("SQL0288", at, "WITHIN is for joins of two streams; a table is joined as it is at the time", "drop the clause");

    public static SqlException TableWithStream(string left, string right, SourceSpan at) =>
        Analysis("SQL0289", at, $"a table on the left ({left}) cannot be joined with stream '{right}' on the right", "swap them: FROM stream JOIN table");

    public static SqlException JoinNotOnKey(bool isTable, string right, string condition, SourceSpan at) =>
        Analysis("SQL0290", at, $"invalid join condition: a {(isTable ? "table-table" : "stream-table")} join compares with the primary key of the table on the right, {right}; got {condition}",
            $"write ON … = the PRIMARY KEY of {right}");

    public static SqlException OuterWithTable(JoinKind kind, string table, SourceSpan at) =>
        Analysis("SQL0291", at, $"a {(kind == JoinKind.Outer ? "FULL OUTER" : "RIGHT")} JOIN of a stream with table '{table}' is not possible: a table's row without a record has no moment to go out", "use JOIN or LEFT JOIN");

    public static SqlException OuterByForeignKey(JoinKind kind, SourceSpan at) =>
        Analysis("SQL0292", at, $"a {(kind == JoinKind.Outer ? "FULL" : "RIGHT")} OUTER JOIN on a foreign key is not possible: rows of the right table alone have no key of the left one", "use JOIN or LEFT JOIN");

    public static SqlException WindowedWithPlain((string Label, WindowType? Window) left, (string Label, WindowType? Window) right, SourceSpan at) =>
        Analysis("SQL0293", at, $"cannot join a windowed source with one that is not: `{left.Label}` is {Windowed(left.Window)}, `{right.Label}` is {Windowed(right.Window)}", "write the other query with the same window, or without one");

    public static SqlException WindowKindsDiffer((string Label, WindowType? Window) left, (string Label, WindowType? Window) right, SourceSpan at) =>
        Analysis("SQL0294", at, $"incompatible windowed sources: `{left.Label}` is {Windowed(left.Window)}, `{right.Label}` is {Windowed(right.Window)}",
            "SESSION windows join with SESSION windows, HOPPING and TUMBLING ones among themselves");

    public static SqlException WindowedKeyChanged(string condition, SourceSpan at) =>
        Analysis("SQL0295", at, $"windowed sources keep their keys: the join condition {condition} needs others, or their windows differ", "join on the key columns of sources with equal windows");

    public static SqlException MissingForeignJoinKey(string sink, string label, IReadOnlyList<string> missing, Query query) =>
        Analysis("SQL0296", query.Span, $"the query that builds `{sink}` must include all primary key columns of the left table `{label}`; missing: {string.Join(", ", missing)}", "add them to SELECT");

    public static SqlException TableFunctionOverTable(FunctionCall call) =>
        Analysis("SQL0297", call.Span, $"the table function '{call.Name}' makes rows without keys of their own, so its source cannot be a table", "read a stream");

    public static SqlException TableFunctionWithGroups(FunctionCall call) =>
        Analysis("SQL0298", call.Span, $"the table function '{call.Name}' cannot be used with aggregations", "make the rows in a first query, and group them in a second one");

    public static SqlException NestedTableFunction(FunctionCall call) =>
        Analysis("SQL0299", call.Span, $"the table function '{call.Name}' stands inside another table function", "make the rows in two queries, one after the other");

    public static SqlException RetentionTooShort(WindowClause window, TimeSpan grace) =>
        Analysis("SQL0309", window.Span, $"RETENTION {DurationText.Of(window.Retention!.Value)} is shorter than SIZE {DurationText.Of(window.Size)} and GRACE PERIOD {DurationText.Of(grace)} together", window.Grace is null ? "without GRACE PERIOD it is a day: write one, or a longer RETENTION" : "write a longer RETENTION");

    public static SqlException WrongValue(string column, SqlType type, string problem, SourceSpan at) =>
        Analysis("SQL0310", at, $"the value is none for column {column} of type {type}", problem);

    public static SqlException WrongAggregate(FunctionCall call, string problem) =>
        Analysis("SQL0319", call.Span, $"{call} cannot be worked out", problem);

    public static SqlException InsertIntoWindowed(string source, string kind, SourceSpan at) =>
        Analysis("SQL0308", at, $"cannot insert values into the windowed {kind} '{source}': VALUES names no window", "write into the source of the query that makes it");

    public static SqlException WindowedWithoutKey(string name, SourceSpan at) =>
        Analysis("SQL0305", at, $"the windowed source '{name}' has no key column", "windows are a part of the key: mark a column with KEY");

    public static SqlException HeaderType(string column, SqlType type, SqlType expected, string? key, SourceSpan at) =>
        Analysis("SQL0306", at, $"the {(key is null ? "HEADERS" : $"HEADER('{key}')")} column {column} has type {type}", $"its type is {expected}");

    public static SqlException InsertIntoHeaders(string source, IReadOnlyList<string> columns, SourceSpan at) =>
        Analysis("SQL0307", at, $"cannot insert into HEADER columns of {source}: {string.Join(", ", columns)}", "headers are written by producers only; name the other columns");

    public static SqlException UnknownProperty(string name, IEnumerable<string> known, SourceSpan at) =>
        Analysis("SQL0230", at, $"WITH knows no setting '{name}'", Names.DidYouMean(name, known) ?? $"settings: {string.Join(", ", known)}");

    public static SqlException DoubleProperty(string name, SourceSpan at) => Analysis("SQL0231", at, $"the setting '{name}' stands twice", "keep one of them");

    public static SqlException FormatTwice(SourceSpan at) =>
        Analysis("SQL0232", at, "FORMAT stands beside KEY_FORMAT or VALUE_FORMAT", "FORMAT sets both: write either FORMAT or the two others");

    public static SqlException WrongProperty(string name, string problem, SourceSpan at)
    {
        var parts = problem.Split("; ", 2);
        return Analysis("SQL0233", at, $"{name}: {parts[0]}", parts.Length > 1 ? parts[1] : "correct the setting or leave it out");
    }

    public static SqlException SizeOfSession(SourceSpan at) =>
        Parse("SQL0234", at, "'WINDOW_SIZE' should not be set for SESSION windows", "sessions have no fixed size: leave it out");

    public static SqlException SchemaRegistryFormat(string format, SourceSpan at) =>
        Analysis("SQL0235", at, $"the format {format.ToUpperInvariant()} needs a schema registry, which SockSort does not have", "use JSON, DELIMITED or KAFKA");

    public static SqlException UnknownFormat(string format, SourceSpan at) => Analysis("SQL0236", at, $"there is no format '{format}'", "use JSON, DELIMITED, KAFKA or, for keys, NONE");

    public static SqlException MissingProperty(string name, SourceSpan at) => Analysis("SQL0237", at, $"the setting {name} is missing", $"add it: WITH ({name} = '…')");

    public static SqlException ReservedName(string name, SourceSpan at) =>
        Analysis("SQL0238", at, $"'{name}' is a reserved column name", "choose another name for the column");

    public static SqlException NoColumns(string name, SourceSpan at) => Analysis("SQL0239", at, $"no columns supplied for '{name}'", "list them: (name TYPE, …)");

    public static SqlException TableWithoutKey(SourceSpan at) => Analysis("SQL0240", at, "tables require a PRIMARY KEY", "mark the key column: (id STRING PRIMARY KEY, …)");

    public static SqlException KeyInTable(ColumnDefinition column) =>
        Parse("SQL0241", column.Span, $"column `{column.Name}` is a KEY column of a table", "tables have a PRIMARY KEY: their rows are one for each key");

    public static SqlException PrimaryKeyInStream(ColumnDefinition column) =>
        Parse("SQL0242", column.Span, $"column `{column.Name}` is a PRIMARY KEY column of a stream", "streams have a KEY: many records may share one");

    public static SqlException FormatLacksType(FormatSpec format, SqlType type, string column, bool isKey, SourceSpan at) =>
        Analysis("SQL0243", at, $"the {(isKey ? "key" : "value")} format '{format.Name}' cannot hold type '{type.Base.ToString().ToUpperInvariant()}' of column `{column}`", $"its type is {type}; use JSON");

    public static SqlException JsonMapKey(SqlType type, string column, SourceSpan at) =>
        Analysis("SQL0244", at, $"JSON only holds MAP types with STRING keys, but column `{column}` has type {type}", "CAST the keys to STRING");

    public static SqlException FormatNoneWithColumns(string column, SourceSpan at) =>
        Analysis("SQL0245", at, $"the format NONE holds no columns, but `{column}` is there", "use JSON, DELIMITED or KAFKA");

    public static SqlException KafkaSingleColumn(IReadOnlyList<SourceColumn> columns, bool isKey, SourceSpan at) =>
        Analysis("SQL0246", at, $"the {(isKey ? "key" : "value")} format 'KAFKA' holds a single column, not {string.Join(", ", columns.Select(column => $"`{column.Name}` {column.Type}"))}", "use JSON or DELIMITED");

    public static SqlException CannotWrap(FormatSpec format, bool wrapped, SourceSpan at) =>
        Analysis("SQL0247", at, $"the format '{format.Name}' has no 'WRAP_SINGLE_VALUE' = {(wrapped ? "true" : "false")}", "leave it out");

    public static SqlException WrapOfMany(SourceSpan at) => Analysis("SQL0248", at, "'WRAP_SINGLE_VALUE' is only for a single value column", "leave it out");

    public static SqlException KeyFormatWithoutKey(SourceSpan at) => Analysis("SQL0249", at, "a key format is given, but the result has no key columns", "leave KEY_FORMAT out");

    public static SqlException DelimiterOfOtherFormat(FormatSpec format, string name, SourceSpan at) =>
        Analysis("SQL0250", at, $"{format.Name} has no delimiter, so {name} means nothing", "leave it out, or use DELIMITED");

    public static SqlException StateNotDelimited(string function, SourceSpan at) =>
        Analysis("SQL0251", at, $"the function {function} has an intermediate type that the value format DELIMITED cannot hold", "remove the function or choose another VALUE_FORMAT");

    public static SqlException NoTimestampColumn(string name, IEnumerable<string> known, SourceSpan at) =>
        Analysis("SQL0252", at, $"the TIMESTAMP column '{name}' does not exist", Names.DidYouMean(name, known) ?? $"columns: {string.Join(", ", known)}");

    public static SqlException WrongTimestampColumn(string name, SqlType type, SourceSpan at) =>
        Analysis("SQL0253", at, $"the timestamp column `{name}` has type {type}", "it should be BIGINT (LONG), TIMESTAMP, or a STRING with TIMESTAMP_FORMAT");

    public static SqlException SourceExists(string name, string kind, SourceSpan at) =>
        Analysis("SQL0254", at, $"the {kind} '{name}' already exists", "drop it first, or write CREATE OR REPLACE or IF NOT EXISTS");

    public static SqlException WrongKind(string name, bool isTable, SourceSpan at) =>
        Analysis("SQL0255", at, $"'{name}' is a {(isTable ? "table" : "stream")}", $"write {(isTable ? "TABLE" : "STREAM")}");

    public static SqlException ResultKind(string name, bool isTable, SourceSpan at) =>
        Analysis("SQL0256", at, $"the query for '{name}' gives a {(isTable ? "table" : "stream")}", $"write CREATE {(isTable ? "TABLE" : "STREAM")} … AS SELECT");

    public static SqlException InUse(string name, IEnumerable<string> queries, SourceSpan at) =>
        Analysis("SQL0257", at, $"'{name}' is used by the queries {string.Join(", ", queries)}", "terminate or drop those first");

    public static SqlException ReadOnlySource(string name, string kind, string what, SourceSpan at) =>
        Analysis("SQL0258", at, $"cannot {what} read-only {kind}: {name}", "it was made by CREATE SOURCE; make one without SOURCE to write");

    public static SqlException InsertIntoTable(string name, SourceSpan at) =>
        Analysis("SQL0259", at, $"INSERT INTO … SELECT writes into a stream, and {name} is a table", "make a table with CREATE TABLE … AS SELECT");

    public static SqlException IncompatibleSchema(string name, SourceSchema expected, SourceSchema given, SourceSpan at) =>
        Analysis("SQL0260", at, $"incompatible schema between results and sink {name}: the result is {given}", $"the sink's schema is {expected}");

    public static SqlException WrongValueCount(int values, int columns, SourceSpan at) =>
        Analysis("SQL0261", at, $"{values} values for {columns} columns", "give one value for each column");

    public static SqlException WrongValueType(string column, SqlType type, SqlType expected, SourceSpan at) =>
        Analysis("SQL0262", at, $"column {column} is {expected}, the value is {type}", "CAST it");

    public static SqlException KeyValueMissing(string column, SourceSpan at) =>
        Analysis("SQL0263", at, $"the primary key column {column} needs a value", "a table's row has a key");

    public static SqlException QueryNotFound(string id, IEnumerable<string> known, SourceSpan at) =>
        Analysis("SQL0264", at, $"there is no query '{id}'", Names.DidYouMean(id, known) ?? (known.Any() ? $"queries: {string.Join(", ", known)}" : "no query is running"));

    public static SqlException TopicNotFound(string topic, IEnumerable<string> known, SourceSpan at) =>
        Analysis("SQL0265", at, $"topic '{topic}' does not exist", Names.DidYouMean(topic, known) ?? $"topics: {string.Join(", ", known)}");

    public static SqlException UnknownSetting(string name, IEnumerable<string> known, SourceSpan at) =>
        Analysis("SQL0266", at, $"there is no property '{name}'", Names.DidYouMean(name, known) ?? "SHOW PROPERTIES lists them");

    public static SqlException WrongSetting(string name, string value, IEnumerable<string> values, SourceSpan at) =>
        Analysis("SQL0279", at, $"property '{name}' cannot be '{value}'", Names.DidYouMean(value, values) ?? $"it takes {string.Join(", ", values)}");

    public static SqlException OwnTopic(string topic, SourceSpan at) =>
        Analysis("SQL0322", at, $"topic '{topic}' is the program's own, and nobody else writes it", "take another topic; to read it, make a stream over it");

    public static SqlException CommandsAreNotShown(string topic, SourceSpan at) =>
        Analysis("SQL0323", at, $"topic '{topic}' is not shown: statements in it may hold passwords", "SHOW STREAMS, TABLES, QUERIES and CONNECTORS tell what exists");

    public static SqlException NoConnectors(SourceSpan at) =>
        Analysis("SQL0267", at, "connectors cannot be run here", "this command has no connectors: use `socksort sql run`, `socksort run` or `socksort demo`");

    public static SqlException ConnectorFailed(string problem, SourceSpan at) => Analysis("SQL0268", at, problem, null);

    public static SqlException ConnectorNotFound(string name, IEnumerable<string> known, SourceSpan at) =>
        Analysis("SQL0269", at, $"there is no connector '{name}'", Names.DidYouMean(name, known) ?? (known.Any() ? $"connectors: {string.Join(", ", known)}" : "no connector is running"));

    public static SqlException TypeExists(string name, SourceSpan at) => Analysis("SQL0270", at, $"the type '{name}' already exists", "drop it first, or write IF NOT EXISTS");

    public static SqlException TypeNotFound(string name, IEnumerable<string> known, SourceSpan at) =>
        Analysis("SQL0271", at, $"there is no type '{name}'", Names.DidYouMean(name, known) ?? (known.Any() ? $"types: {string.Join(", ", known)}" : "CREATE TYPE makes one"));

    public static SqlException ReplaceOfReadOnly(string name, string kind, SourceSpan at) =>
        Analysis("SQL0272", at, $"cannot add {kind} '{name}': CREATE OR REPLACE is not for source {kind}s", "drop it and create it anew");

    public static SqlException AlterOfReadOnly(string name, string kind, SourceSpan at) =>
        Analysis("SQL0273", at, $"cannot alter {kind} '{name}': ALTER is not for source {kind}s", "drop it and create it anew");

    public static SqlException AlterOfQuery(string name, string kind, SourceSpan at) =>
        Analysis("SQL0274", at, $"cannot alter {kind} '{name}': a query writes it", "write CREATE OR REPLACE … AS SELECT with the new columns");

    public static SqlException IncompatibleReplace(string name, string problem, SourceSpan at) =>
        Analysis("SQL0275", at, $"cannot replace '{name}': {problem}", "drop it and create it anew; existing columns must stay as they are");

    public static SqlException AssertFailed(string topic, bool expected, SourceSpan at) =>
        new("SQL0302", SqlPhase.Run, at, $"topic '{topic}' {(expected ? "does not exist" : "exists")}", null);

    public static SqlException ColumnInValues(string column, SourceSpan at) =>
        Analysis("SQL0276", at, $"VALUES knows no column '{column}'", "write a constant; strings stand in single quotes");

    public static SqlException NothingToExplain(SourceSpan at) => Analysis("SQL0277", at, "there is nothing to explain: the statement starts no query", "EXPLAIN takes a query id, SELECT, CREATE … AS SELECT or INSERT INTO … SELECT");

    public static SqlException FunctionNotFound(string name, IEnumerable<string> known, SourceSpan at) =>
        Analysis("SQL0278", at, $"there is no function '{name}'", Names.DidYouMean(name, known) ?? "SHOW FUNCTIONS lists them");

    public static SqlException StateTooLarge(string query, long bytes, long limit) =>
        new("SQL0303", SqlPhase.Run, SourceSpan.None, $"query {query} was ended: the state of all queries takes about {bytes / 1_000_000} MB, the limit is {limit / 1_000_000} MB, and this query's is the largest",
            "filter earlier, group by fewer keys, or shorten the window, its GRACE PERIOD or RETENTION", null);

    public static SqlException ClientTooSlow(string query, int dropped, TimeSpan patience) =>
        new("SQL0321", SqlPhase.Run, SourceSpan.None, $"query {query} was ended: its client has made no room for {patience.TotalSeconds:0} s, and the {dropped} rows that waited for it are dropped",
            "read faster, select fewer rows, or write into a stream and read its topic", null);

    public static SqlException PullTooLong(TimeSpan most, SourceSpan at) =>
        new("SQL0324", SqlPhase.Run, at, $"the pull query has read for {most.TotalSeconds:0.###} s, which is the most that one may", "read it with EMIT CHANGES, add LIMIT, or make a table of what is asked for");

    public static SqlException TableOfNoQuery(string table, string query, SourceSpan at) =>
        Analysis("SQL0332", at, $"table '{table}' isn't queryable: query {query}, which wrote it, was terminated", "make it again with CREATE OR REPLACE TABLE … AS SELECT, or read what its topic holds with EMIT CHANGES");

    public static SqlException NoRoomForPull(string source, int rows, long bytes, SourceSpan at) =>
        new("SQL0333", SqlPhase.Run, at, $"the pull query of '{source}' was ended: at {rows} rows of its answer it took {bytes / 1e6:0.0} MB, more than the state of the queries leaves",
            "read it with EMIT CHANGES, add LIMIT, or make a smaller table of what is asked for")
        { IsTransient = true };

    public static SqlException PullsBusy(TimeSpan waited) =>
        new("SQL0334", SqlPhase.Run, SourceSpan.None, $"the pull query has waited for {waited.TotalSeconds:0.###} s for those before it: one reads at a time", "ask again later, or read it with EMIT CHANGES")
        { IsTransient = true };

    public static SqlException PullOfJoin(SourceSpan at) =>
        Analysis("SQL0304", at, "a pull query reads one stream or table, not a join", "make the join a table with CREATE TABLE … AS SELECT, or write EMIT CHANGES");

    public static string RecordsMissed(string topic, long from, long first) =>
        $"topic '{topic}': offsets {from} to {first - 1} went by its retention before they were read; reading goes on at {first}";

    public static SqlException RetentionOfTable(string table, SourceSpan at) =>
        Analysis("SQL0331", at, $"table '{table}' has no windows: its topic holds the newest row of each key, and retention would lose keys", "leave RETENTION_MS and RETENTION_BYTES out");

    public static SqlException RecordFailed(string topic, long offset, Exception error) =>
        new("SQL0301", SqlPhase.Run, SourceSpan.None, $"topic '{topic}', offset {offset}: {error.Message}", "the query has stopped; correct the record or the query and start it again", error);

    private static string Windowed(WindowType? window) => window is null ? "not windowed" : $"{window.Kind.ToString().ToUpperInvariant()} windowed{(window.Size is { } size ? $" by {DurationText.Of(size)}" : "")}";

    /// <summary>The word in capitals of what was expected that a misspelt one is near to.</summary>
    private static string Meant(Token token, string expected)
    {
        if (token.Kind != TokenKind.Word)
            return "";
        var words = expected.Split([' ', ',', '\'', ':', '(', ')', ';']).Where(word => word.Length > 1 && word.All(char.IsAsciiLetterUpper)).ToList();
        return !words.Contains(token.Text) && Names.Nearest(token.Text, words) is { } word ? $"; did you mean {word}?" : "";
    }

    private static SqlException Analysis(string code, SourceSpan at, string problem, string? hint) => new(code, SqlPhase.Analysis, at, problem, hint);

    private static SqlException Parse(string code, SourceSpan at, string problem, string? hint) => new(code, SqlPhase.Parse, at, problem, hint);
}
