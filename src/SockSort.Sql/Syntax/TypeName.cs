namespace SockSort.Sql.Syntax;

/// <summary>A type as written: <c>DECIMAL(4, 2)</c>, <c>ARRAY&lt;address&gt;</c>.</summary>
/// <param name="Name">The name in upper case, or as quoted: a built-in type, or one made by <c>CREATE TYPE</c>.</param>
/// <param name="Arguments">Element types of an array or map; field types of a struct.</param>
/// <param name="FieldNames">Names of a struct's fields, one for each argument; else empty.</param>
/// <param name="Numbers">Precision and scale of a decimal; else empty.</param>
public sealed record TypeName(
    string Name, IReadOnlyList<TypeName> Arguments, IReadOnlyList<string> FieldNames, IReadOnlyList<int> Numbers, SourceSpan Span);
