using SockSort.Sql.Syntax;
using SockSort.Sql.Types;

namespace SockSort.Sql.Binding;

/// <summary>The mistakes in names, types and function calls: SQL01xx.</summary>
internal static class BindingErrors
{
    public static SqlException UnknownFunction(FunctionCall call, IEnumerable<string> known) =>
        SqlException.Analysis("SQL0106", call.NameSpan, $"there is no function '{call.Name}'", FunctionNames.Elsewhere(call.Name) is { } own
            ? $"did you mean '{own}'?"
            : Names.DidYouMean(call.Name, known) ?? "SHOW FUNCTIONS lists them");

    public static SqlException UnknownUnit(ColumnName unit) =>
        SqlException.Analysis(
            "SQL0132", unit.Span, $"'{unit.Name}' is no unit of time", "write MILLISECONDS, SECONDS, MINUTES, HOURS or DAYS");

    public static SqlException WrongArguments(FunctionCall call, IEnumerable<SqlType> types, IEnumerable<string> signatures) =>
        SqlException.Analysis("SQL0107", call.Span, $"function '{call.Name}' does not accept ({string.Join(", ", types)})",
            $"it takes {string.Join(" or ", signatures.Select(signature => call.Name + signature))}");

    public static SqlException AmbiguousArguments(FunctionCall call, IEnumerable<SqlType> types, IEnumerable<string> signatures) =>
        SqlException.Analysis(
            "SQL0133",
            call.Span,
            $"function '{call.Name}' has several forms for ({string.Join(", ", types)}), none nearer than another",
            $"CAST the arguments to those of one of them: {string.Join(" or ", signatures.Select(signature => call.Name + signature))}");

    public static SqlException AggregateNotHere(FunctionCall call) =>
        SqlException.Analysis(
            "SQL0108", call.Span, $"the aggregate {call} cannot be used here",
            "aggregates stand in SELECT and HAVING of a query with GROUP BY");

    public static SqlException TableFunctionNotHere(FunctionCall call) =>
        SqlException.Analysis(
            "SQL0109", call.NameSpan, $"the table function '{call.Name}' cannot be used here",
            "table functions stand in SELECT, outside other functions");

    public static SqlException NotBoolean(Expression expression, SqlType type) =>
        SqlException.Analysis(
            "SQL0110", expression.Span, $"the condition {expression} has type {type}", "a condition is BOOLEAN: compare it with something");

    public static SqlException NotNumeric(Expression expression, SqlType type) =>
        SqlException.Analysis("SQL0111", expression.Span, $"{expression} has type {type}", "a number is needed here: CAST may help");

    public static SqlException NoArithmetic(Arithmetic arithmetic, SqlType left, SqlType right) =>
        SqlException.Analysis(
            "SQL0112", arithmetic.Span, $"there is no {left} {arithmetic.Operator} {right}",
            "both sides are numbers, or two strings for +; CAST may help");

    public static SqlException NotComparable(string symbol, SqlType left, SqlType right, Expression written) =>
        SqlException.Analysis(
            "SQL0113",
            written.Span,
            $"{left} cannot be compared with {right} by {symbol} in {written}",
            "bring both to one type with CAST");

    public static SqlException ComparedWithNull(SqlType type, Expression written) =>
        SqlException.Analysis(
            "SQL0114",
            written.Span,
            $"a comparison{(type.Base == SqlBaseType.Null ? "" : $" of {type}")} with NULL is never true: {written}",
            "write IS NULL or IS NOT NULL");

    public static SqlException DoesNotFit(Expression item, SqlType type, SqlType wanted) =>
        SqlException.Analysis(
            "SQL0115", item.Span, $"{item} has type {type}, which does not fit {wanted}", "bring all to one type with CAST");

    public static SqlException WrongLiteral(string text, SqlType type, SourceSpan at) =>
        SqlException.Analysis(
            "SQL0116", at, $"\"{text}\" is no {type.Base.ToString().ToUpperInvariant()}", $"write a value that reads as {type}");

    public static SqlException CaseTypesDiffer(SqlType first, SqlType other, SourceSpan at) =>
        SqlException.Analysis("SQL0117", at, $"the results of CASE differ in type: {first} and {other}", "bring all to one type with CAST");

    public static SqlException CaseWithoutType(SourceSpan at) =>
        SqlException.Analysis(
            "SQL0118", at, "all results of the CASE expression are NULL", "give one of them a type: CAST(NULL AS STRING)");

    public static SqlException NullWithoutType(SourceSpan at) =>
        SqlException.Analysis("SQL0119", at, "the type of NULL is not known here", "give it one: CAST(NULL AS VARCHAR)");

    public static SqlException NoCast(SqlType from, SqlType to, SourceSpan at) =>
        SqlException.Analysis("SQL0120", at, $"cast of {from} to {to} is not possible",
            from is ArrayType or MapType or StructType
                ? "cast its elements or fields: TRANSFORM(items, x => CAST(x AS INT)), place->house"
                : "what goes: numbers among each other, strings to and from anything, TIMESTAMP to DATE and TIME");

    public static SqlException NotAStruct(FieldAccess access, SqlType type) =>
        SqlException.Analysis(
            "SQL0121", access.Span, $"{access.Base} has type {type}, so it has no field '{access.Field}'", "-> reads a field of a STRUCT");

    public static SqlException UnknownField(FieldAccess access, StructType row) =>
        SqlException.Analysis("SQL0122", access.Span, $"{access.Base} has no field '{access.Field}'",
            Names.DidYouMean(access.Field, row.Fields.Select(f => f.Name))
                ?? $"fields: {string.Join(", ", row.Fields.Select(f => f.Name))}");

    public static SqlException SubscriptOnStruct(Subscript subscript) =>
        SqlException.Analysis("SQL0123", subscript.Span, $"{subscript.Base} is a STRUCT", "read a field with ->");

    public static SqlException WrongSubscript(Subscript subscript, SqlType collection, SqlType index) =>
        SqlException.Analysis(
            "SQL0124", subscript.Span, $"{subscript.Base} of type {collection} has no elements by {index}",
            "an array takes a whole number from 1, a map a key of its type");

    public static SqlException LikeNeedsString(Expression expression, SqlType type) =>
        SqlException.Analysis("SQL0125", expression.Span, $"LIKE compares strings, but {expression} has type {type}", "CAST it to STRING");

    public static SqlException EmptyConstructor(string what, string example, SourceSpan at) =>
        SqlException.Analysis("SQL0126", at, $"{what} without elements has no type", $"give at least one: {example}");

    public static SqlException AllNull(string what, string part, SourceSpan at) =>
        SqlException.Analysis(
            "SQL0127", at, $"cannot construct {what} whose every {part} is NULL", $"give one {part} a type: CAST(NULL AS STRING)");

    public static SqlException DoubleField(string name, SourceSpan at) =>
        SqlException.Analysis("SQL0128", at, $"field '{name}' stands twice in the STRUCT", "give each field its own name");

    public static SqlException LambdaOutsideCall(SourceSpan at) =>
        SqlException.Analysis("SQL0129", at, "a lambda can only be an argument of a function", "for example TRANSFORM(items, x => x + 1)");

    public static SqlException WrongLambda(Lambda lambda, int expected) =>
        SqlException.Analysis("SQL0130", lambda.Span, $"the lambda takes {lambda.Parameters.Count} values, but gets {expected} here",
            expected == 1 ? "write x => …" : $"write ({string.Join(", ", "kvwxyz".Take(expected))}) => …");

    public static SqlException WrongLambdaResult(Lambda lambda, SqlType type, SqlType expected) =>
        SqlException.Analysis("SQL0131", lambda.Span, $"the lambda gives {type}, {expected} is needed here",
            expected.Base == SqlBaseType.Boolean ? "a condition is BOOLEAN: compare it with something" : $"CAST its result to {expected}");
}
