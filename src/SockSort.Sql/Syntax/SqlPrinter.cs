namespace SockSort.Sql.Syntax;

/// <summary>Prints syntax in forms that parse back to the same tree; names are quoted only where they must be.</summary>
public static class SqlPrinter
{
    /// <summary>Returns a text with one blank wherever there were several, or line ends.</summary>
    public static string OneLine(string text) => string.Join(' ', text.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Prints an expression in one fixed form, every operation in parentheses.</summary>
    public static string Print(Expression expression) => ExpressionPrinter.Full.Print(expression);

    /// <summary>Prints an expression as people write it, with the parentheses that it needs.</summary>
    public static string PrintShort(Expression expression) => ExpressionPrinter.Short.Print(expression);

    public static string Print(TypeName type) => type switch
    {
        { FieldNames.Count: > 0 } => $"{type.Name}<{string.Join(", ", type.FieldNames.Zip(type.Arguments, Field))}>",
        { Arguments.Count: > 0 } => $"{type.Name}<{string.Join(", ", type.Arguments.Select(Print))}>",
        { Numbers.Count: > 0 } => $"{type.Name}({string.Join(", ", type.Numbers)})",
        _ => Name(type.Name),
    };

    /// <summary>Prints a name as it must be written: in back-quotes unless it is an upper-case word that is not reserved.</summary>
    public static string Name(string name)
    {
        var plain = name.Length > 0 && (char.IsAsciiLetterUpper(name[0]) || name[0] == '_')
            && name.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c is '_' or '@')
            && !Keywords.IsReserved(name);
        return plain ? name : $"`{name.Replace("`", "``", StringComparison.Ordinal)}`";
    }

    /// <summary>Prints a string literal.</summary>
    public static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private static string Field(string name, TypeName type) => $"{Name(name)} {Print(type)}";
}
