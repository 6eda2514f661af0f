using SockSort.Sql.Syntax;

namespace SockSort.Sql.Parsing;

/// <summary>
/// The parser's position in the tokens of one script; shared by the parsers of statements, queries, expressions and types.
/// </summary>
internal sealed class TokenCursor(List<Token> tokens, IReadOnlyDictionary<string, string> variables)
{
    // Deeper nesting than any person writes; a parser that recurses must not run out of stack.
    private const int MaxDepth = 200;

    // a + b + c is as deep as it is long for whoever goes through it.
    private const int MaxOperators = 500;

    // A variable's value may name variables, and itself.
    private const int MaxSubstitutions = 10_000;

    private int _at;
    private int _depth;
    private int _operators;
    private int _substitutions;

    public Token Current => TokenAt(_at);

    public Token Previous => tokens[Math.Max(0, _at - 1)];

    public bool AtEnd => Current.Kind == TokenKind.End;

    public Token Peek(int ahead) => TokenAt(Math.Min(_at + ahead, tokens.Count - 1));

    public Token Take()
    {
        var token = Current;
        if (!AtEnd)
            _at++;
        return token;
    }

    public bool Is(string text) => Current.Is(text);

    public bool Is(string first, string second) => Current.Is(first) && Peek(1).Is(second);

    public bool TryTake(string text)
    {
        if (!Is(text))
            return false;
        _at++;
        return true;
    }

    public bool TryTake(params ReadOnlySpan<string> texts)
    {
        for (var i = 0; i < texts.Length; i++)
        {
            if (!Peek(i).Is(texts[i]))
                return false;
        }
        _at += texts.Length;
        return true;
    }

    public Token Expect(string text, string? what = null) =>
        Is(text) ? Take() : throw Unexpected(what ?? $"'{text}'");

    public SqlException Unexpected(string expected) => ParsingErrors.NotExpected(Current, expected);

    /// <summary>Takes an identifier: bare words in upper case, quoted ones as written.</summary>
    public string Identifier(string what)
    {
        var token = Current;
        var isName = token.Kind is TokenKind.Quoted or TokenKind.DigitWord
            || (token.Kind == TokenKind.Word && !Keywords.IsReserved(token.Text));
        if (!isName)
            throw token.Kind == TokenKind.Word ? ParsingErrors.ReservedWord(token, what) : Unexpected(what);
        return token.Kind == TokenKind.Quoted ? Substitute(Take().Text) : Take().Text;
    }

    /// <summary>Takes a string literal, with defined <c>${variables}</c> substituted.</summary>
    public string StringLiteral(string what)
    {
        if (Current.Kind != TokenKind.String)
            throw Unexpected(what);
        return Substitute(Take().Text);
    }

    /// <summary>Only names that were defined are replaced: <c>${file:…}</c> in a connector's settings stays for its own reader.</summary>
    public string Substitute(string text)
    {
        foreach (var (name, value) in variables)
            text = text.Replace($"${{{name}}}", value, StringComparison.OrdinalIgnoreCase);
        return text;
    }

    /// <summary>Counts a level of nesting until the result is disposed of.</summary>
    public Level Deeper()
    {
        if (_depth++ == 0)
            _operators = 0;
        return _depth > MaxDepth ? throw ParsingErrors.TooDeep(Current.Span, MaxDepth) : new Level(this);
    }

    /// <summary>Counts an operator: a row of them makes a deep tree without being nested.</summary>
    public void CountOperator()
    {
        if (++_operators > MaxOperators)
            throw ParsingErrors.TooManyOperators(Current.Span, MaxOperators);
    }

    public int Position
    {
        get => _at;
        set => _at = value;
    }

    /// <summary>
    /// A variable outside of strings stands for the tokens of its value, which take its place when the parser comes to it.
    /// </summary>
    private Token TokenAt(int index)
    {
        while (tokens[index].Kind == TokenKind.Variable)
        {
            var variable = tokens[index];
            if (!variables.TryGetValue(variable.Text, out var value))
                throw ParsingErrors.UnknownVariable(variable, variables.Keys);
            if (++_substitutions > MaxSubstitutions)
                throw ParsingErrors.VariableNeverEnds(variable);
            var inside = Lexer.Read(new($"${{{variable.Text}}}", value)).SkipLast(1).Select(token => token with { Span = variable.Span });
            tokens.RemoveAt(index);
            tokens.InsertRange(index, inside);
        }
        return tokens[index];
    }

    public readonly struct Level(TokenCursor cursor) : IDisposable
    {
        public void Dispose() => cursor._depth--;
    }
}
