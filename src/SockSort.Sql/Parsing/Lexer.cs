using System.Text;
using SockSort.Sql.Syntax;

namespace SockSort.Sql.Parsing;

/// <summary>Cuts a script into tokens. Comments: <c>-- …</c> to the end of the line and <c>/* … */</c>.</summary>
/// <param name="comments">Receives the place of each comment; null where they are not wanted.</param>
internal sealed class Lexer(SourceText source, List<SourceSpan>? comments = null)
{
    private static readonly string[] Symbols =
        ["<>", "!=", "<=", ">=", "->", "=>", ":=", "||", "=", "<", ">", "+", "-", "*", "/", "%", "(", ")", "[", "]", ",", ".", ";", ":"];

    private readonly string _text = source.Text;
    private int _at;

    /// <summary>Reads all tokens, ended by one of kind <see cref="TokenKind.End"/>.</summary>
    /// <exception cref="SqlException">A character that begins no token, or a string or comment that never ends.</exception>
    public static List<Token> Read(SourceText source, List<SourceSpan>? comments = null)
    {
        var lexer = new Lexer(source, comments);
        var tokens = new List<Token>();
        do
            tokens.Add(lexer.Next());
        while (tokens[^1].Kind != TokenKind.End);
        return tokens;
    }

    private Token Next()
    {
        SkipBlanksAndComments();
        if (_at >= _text.Length)
            return new(TokenKind.End, "", new(source, _text.Length, 0));
        var c = _text[_at];
        if (char.IsAsciiLetter(c) || c == '_')
            return Word();
        if (char.IsAsciiDigit(c) || (c == '.' && IsDigit(_at + 1)))
            return Number();
        return c switch
        {
            '\'' => QuotedBy('\'', TokenKind.String),
            '`' => QuotedBy('`', TokenKind.Quoted),
            '"' => QuotedBy('"', TokenKind.Quoted),
            '$' => Variable(),
            _ => Symbol(),
        };
    }

    private Token Word()
    {
        var start = _at;
        while (_at < _text.Length && IsWordPart(_text[_at]))
            _at++;
        return Made(TokenKind.Word, _text[start.._at].ToUpperInvariant(), start);
    }

    private Token Number()
    {
        var start = _at;
        var kind = TokenKind.Integer;
        while (IsDigit(_at))
            _at++;
        if (Peek('.') && (IsDigit(_at + 1) || !IsWordPartAt(_at + 1)))
        {
            kind = TokenKind.Decimal;
            _at++;
            while (IsDigit(_at))
                _at++;
        }
        if (IsExponent())
        {
            kind = TokenKind.Float;
            _at += 2;
            while (IsDigit(_at))
                _at++;
        }
        else if (kind == TokenKind.Integer && IsWordPartAt(_at))
        {
            while (IsWordPartAt(_at))
                _at++;
            return Made(TokenKind.DigitWord, _text[start.._at].ToUpperInvariant(), start);
        }
        return Made(kind, _text[start.._at], start);
    }

    private bool IsExponent()
    {
        if (_at >= _text.Length || _text[_at] is not ('e' or 'E'))
            return false;
        return IsDigit(_at + 1) || (_at + 1 < _text.Length && _text[_at + 1] is '+' or '-' && IsDigit(_at + 2));
    }

    private Token QuotedBy(char quote, TokenKind kind)
    {
        var start = _at++;
        var content = new StringBuilder();
        while (true)
        {
            if (_at >= _text.Length)
                throw ParsingErrors.NeverEnds(quote, new(source, start, 1));
            var c = _text[_at++];
            if (c == quote && !Peek(quote))
                return Made(kind, content.ToString(), start);
            if (c == quote)
                _at++;
            _ = content.Append(c);
        }
    }

    private Token Variable()
    {
        var start = _at;
        var end = _text.IndexOf('}', start);
        if (start + 1 >= _text.Length || _text[start + 1] != '{' || end < 0)
            throw ParsingErrors.UnknownCharacter('$', new(source, start, 1));
        _at = end + 1;
        return Made(TokenKind.Variable, _text[(start + 2)..end], start);
    }

    private Token Symbol()
    {
        foreach (var symbol in Symbols)
        {
            if (!_text.AsSpan(_at).StartsWith(symbol, StringComparison.Ordinal))
                continue;
            var start = _at;
            _at += symbol.Length;
            return Made(TokenKind.Symbol, symbol == "!=" ? "<>" : symbol, start);
        }
        throw ParsingErrors.UnknownCharacter(_text[_at], new(source, _at, 1));
    }

    private void SkipBlanksAndComments()
    {
        while (_at < _text.Length)
        {
            if (char.IsWhiteSpace(_text[_at]) || _text[_at] == '\uFEFF')
                _at++;
            else if (_text.AsSpan(_at).StartsWith("--", StringComparison.Ordinal))
                SkipLineComment();
            else if (_text.AsSpan(_at).StartsWith("/*", StringComparison.Ordinal))
                SkipBlockComment();
            else
                return;
        }
    }

    private void SkipLineComment()
    {
        var start = _at;
        _at = _text.IndexOf('\n', _at) is var end and >= 0 ? end : _text.Length;
        comments?.Add(new(source, start, _at - start));
    }

    private void SkipBlockComment()
    {
        var end = _text.IndexOf("*/", _at + 2, StringComparison.Ordinal);
        if (end < 0)
            throw ParsingErrors.CommentNeverEnds(new(source, _at, 2));
        comments?.Add(new(source, _at, end + 2 - _at));
        _at = end + 2;
    }

    private Token Made(TokenKind kind, string text, int start) => new(kind, text, new(source, start, _at - start));

    private bool Peek(char c) => _at < _text.Length && _text[_at] == c;

    private bool IsDigit(int at) => at < _text.Length && char.IsAsciiDigit(_text[at]);

    private bool IsWordPartAt(int at) => at < _text.Length && IsWordPart(_text[at]);

    private static bool IsWordPart(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '@';
}
