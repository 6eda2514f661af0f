using SockSort.Sql.Types;

namespace SockSort.Sql.Functions;

/// <summary>What a parameter accepts: a type, a type with variables (<c>ARRAY&lt;T&gt;</c>), any type, or a lambda.</summary>
public abstract record TypePattern
{
    /// <summary>
    /// Reads <c>BIGINT</c>, <c>DECIMAL</c> (of any precision), <c>MAP&lt;K, V&gt;</c>, <c>STRUCT</c>, <c>ANY</c>, <c>LAMBDA(K, V) =&gt;
    /// R</c>; single capitals are variables.
    /// </summary>
    /// <exception cref="FormatException">The text is no pattern: a mistake of the function's author.</exception>
    public static TypePattern Parse(string text)
    {
        var reader = new PatternReader(text);
        var pattern = reader.Pattern();
        return reader.AtEnd ? pattern : throw new FormatException($"'{text}' is no type pattern");
    }

    /// <summary>The type, with the variables put in.</summary>
    /// <exception cref="FormatException">The pattern is no single type.</exception>
    public SqlType Resolve(IReadOnlyDictionary<string, SqlType> variables) => this switch
    {
        ExactPattern exact => exact.Type,
        VariablePattern variable => variables.TryGetValue(variable.Name, out var type) ? type : SqlType.Null,
        ArrayPattern array => SqlType.ArrayOf(array.Element.Resolve(variables)),
        MapPattern map => SqlType.MapOf(map.Key.Resolve(variables), map.Value.Resolve(variables)),
        _ => throw new FormatException($"'{this}' names no single type"),
    };
}

internal sealed record ExactPattern(SqlType Type) : TypePattern
{
    public override string ToString() => Type.ToString();
}

/// <summary>DECIMAL of any precision and scale.</summary>
internal sealed record DecimalPattern : TypePattern
{
    public override string ToString() => "DECIMAL";
}

/// <summary>STRUCT of any fields.</summary>
internal sealed record StructPattern : TypePattern
{
    public override string ToString() => "STRUCT";
}

/// <summary>Any type, each argument its own.</summary>
internal sealed record AnyPattern : TypePattern
{
    public override string ToString() => "ANY";
}

/// <summary>Any type, the same wherever the variable stands.</summary>
internal sealed record VariablePattern(string Name) : TypePattern
{
    public override string ToString() => Name;
}

internal sealed record ArrayPattern(TypePattern Element) : TypePattern
{
    public override string ToString() => $"ARRAY<{Element}>";
}

internal sealed record MapPattern(TypePattern Key, TypePattern Value) : TypePattern
{
    public override string ToString() => $"MAP<{Key}, {Value}>";
}

/// <param name="Parameters">Types of the lambda's parameters, from variables that earlier arguments fix.</param>
/// <param name="Result">Fixes its variable to the type of the lambda's body.</param>
internal sealed record LambdaPattern(IReadOnlyList<TypePattern> Parameters, TypePattern Result) : TypePattern
{
    public override string ToString() => $"LAMBDA ({string.Join(", ", Parameters)}) => {Result}";
}

/// <summary>Reads patterns and whole signatures.</summary>
internal sealed class PatternReader(string text)
{
    private int _at;

    public bool AtEnd
    {
        get
        {
            SkipBlanks();
            return _at >= text.Length;
        }
    }

    public TypePattern Pattern()
    {
        var word = Word();
        switch (word)
        {
            case "ARRAY":
                Expect('<');
                var element = Pattern();
                Expect('>');
                return new ArrayPattern(element);
            case "MAP":
                Expect('<');
                var key = Pattern();
                Expect(',');
                var value = Pattern();
                Expect('>');
                return new MapPattern(key, value);
            case "LAMBDA":
                return Lambda();
            default:
                return Named(word);
        }
    }

    public string Word()
    {
        SkipBlanks();
        var start = _at;
        while (_at < text.Length && (char.IsLetterOrDigit(text[_at]) || text[_at] == '_'))
            _at++;
        return _at > start ? text[start.._at] : throw new FormatException($"'{text}': a word is missing at {start}");
    }

    public bool TryTake(string symbol)
    {
        SkipBlanks();
        if (!text.AsSpan(_at).StartsWith(symbol, StringComparison.Ordinal))
            return false;
        _at += symbol.Length;
        return true;
    }

    private LambdaPattern Lambda()
    {
        Expect('(');
        var parameters = new List<TypePattern> { Pattern() };
        while (TryTake(","))
            parameters.Add(Pattern());
        Expect(')');
        return TryTake("=>") ? new(parameters, Pattern()) : throw new FormatException($"'{text}': => is missing");
    }

    private TypePattern Named(string word) => word switch
    {
        "DECIMAL" => new DecimalPattern(),
        "STRUCT" => new StructPattern(),
        "ANY" => new AnyPattern(),
        "INTERVALUNIT" => new ExactPattern(SqlType.TimeUnit),
        "INT" => new ExactPattern(SqlType.Integer),
        "VARCHAR" => new ExactPattern(SqlType.String),
        { Length: 1 } => new VariablePattern(word),
        _ => Enum.TryParse<SqlBaseType>(word, ignoreCase: true, out var type)
            ? new ExactPattern(new SqlType(type))
            : throw new FormatException($"'{text}': '{word}' is no type"),
    };

    private void Expect(char symbol)
    {
        if (!TryTake(symbol.ToString()))
            throw new FormatException($"'{text}': '{symbol}' is missing at {_at}");
    }

    private void SkipBlanks()
    {
        while (_at < text.Length && text[_at] == ' ')
            _at++;
    }
}
