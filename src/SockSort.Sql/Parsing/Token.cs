using SockSort.Sql.Syntax;

namespace SockSort.Sql.Parsing;

internal enum TokenKind
{
    /// <summary>A bare word: keyword or identifier, decided by the parser.</summary>
    Word,

    /// <summary>An identifier in back-quotes or double quotes: its case is kept.</summary>
    Quoted,

    /// <summary>An identifier that starts with a digit (<c>1R</c>).</summary>
    DigitWord,
    Integer,

    /// <summary>A number with a decimal point and no exponent.</summary>
    Decimal,

    /// <summary>A number with an exponent.</summary>
    Float,
    String,

    /// <summary><c>${name}</c>, outside strings.</summary>
    Variable,
    Symbol,
    End,
}

/// <param name="Text">The word in upper case, the content of a quoted name or string, the digits, or the symbol.</param>
internal readonly record struct Token(TokenKind Kind, string Text, SourceSpan Span)
{
    public bool Is(string wordOrSymbol) =>
        (Kind is TokenKind.Word or TokenKind.Symbol) && Text == wordOrSymbol;

    /// <summary>The token as messages show it.</summary>
    public string Shown => Kind switch
    {
        TokenKind.End => "the end of the script",
        TokenKind.String => $"the string '{Text}'",
        _ => $"'{Span.Text}'",
    };
}
