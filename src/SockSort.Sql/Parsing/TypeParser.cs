using System.Globalization;
using SockSort.Sql.Syntax;

namespace SockSort.Sql.Parsing;

/// <summary>Parses types as written in column lists, casts and <c>CREATE TYPE</c>.</summary>
internal static class TypeParser
{
    public static TypeName Type(TokenCursor cursor)
    {
        using var level = cursor.Deeper();
        var start = cursor.Current;
        var name = start.Kind == TokenKind.Quoted ? cursor.Take().Text : cursor.Identifier("a type");
        return start.Kind == TokenKind.Quoted ? Named(name, start, cursor) : name switch
        {
            "ARRAY" when cursor.Is("<") => Of(name, start, cursor, count: 1),
            "MAP" when cursor.Is("<") => Of(name, start, cursor, count: 2),
            "STRUCT" when cursor.Is("<") => Struct(name, start, cursor),
            "STRUCT" when cursor.TryTake("<>") => Named(name, start, cursor),
            "DECIMAL" or "DEC" => WithNumbers("DECIMAL", start, cursor),
            "VARCHAR" or "STRING" => WithLength("STRING", start, cursor),
            _ => WithLength(name, start, cursor),
        };
    }

    private static TypeName Named(string name, Token start, TokenCursor cursor) =>
        new(name, [], [], [], start.Span.To(cursor.Previous.Span));

    private static TypeName Of(string name, Token start, TokenCursor cursor, int count)
    {
        _ = cursor.Expect("<");
        var arguments = new List<TypeName> { Type(cursor) };
        while (arguments.Count < count)
        {
            _ = cursor.Expect(",");
            arguments.Add(Type(cursor));
        }
        _ = cursor.Expect(">");
        return new(name, arguments, [], [], start.Span.To(cursor.Previous.Span));
    }

    private static TypeName Struct(string name, Token start, TokenCursor cursor)
    {
        _ = cursor.Expect("<");
        if (cursor.TryTake(">"))
            return Named(name, start, cursor);
        var (names, types) = (new List<string>(), new List<TypeName>());
        do
        {
            names.Add(cursor.Identifier("a field name"));
            types.Add(Type(cursor));
        }
        while (cursor.TryTake(","));
        _ = cursor.Expect(">");
        return new(name, types, names, [], start.Span.To(cursor.Previous.Span));
    }

    private static TypeName WithNumbers(string name, Token start, TokenCursor cursor)
    {
        _ = cursor.Expect("(", "'(' with precision and scale: DECIMAL(10, 2)");
        var precision = Number(cursor);
        var scale = cursor.TryTake(",") ? Number(cursor) : 0;
        _ = cursor.Expect(")");
        var span = start.Span.To(cursor.Previous.Span);
        if (precision < 1 || scale < 0 || scale > precision)
            throw ParsingErrors.WrongDecimalType(precision, scale, span);
        return new(name, [], [], [precision, scale], span);
    }

    /// <summary>
    /// A length (<c>VARCHAR(20)</c>, <c>VARCHAR(STRING)</c>, <c>INT(11)</c>) is accepted and means nothing, as in ksqlDB.
    /// </summary>
    private static TypeName WithLength(string name, Token start, TokenCursor cursor)
    {
        if (cursor.TryTake("("))
        {
            if (!cursor.TryTake("STRING") && cursor.Current.Kind != TokenKind.Integer)
                throw cursor.Unexpected("a length or STRING");
            if (cursor.Current.Kind == TokenKind.Integer)
                _ = cursor.Take();
            _ = cursor.Expect(")");
        }
        return Named(name, start, cursor);
    }

    private static int Number(TokenCursor cursor) =>
        cursor.Current.Kind == TokenKind.Integer && int.TryParse(cursor.Current.Text, CultureInfo.InvariantCulture, out var number)
            ? Taken(cursor, number)
            : throw cursor.Unexpected("a number");

    private static int Taken(TokenCursor cursor, int number)
    {
        _ = cursor.Take();
        return number;
    }
}
