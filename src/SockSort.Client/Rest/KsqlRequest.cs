namespace SockSort.Client.Rest;

/// <summary>Statements for <c>/ksql</c>, with what the statements before them have set.</summary>
/// <param name="Statements">One or more, each ended by a semicolon.</param>
public sealed record KsqlRequest(string Statements)
{
    private static readonly IReadOnlyDictionary<string, string> None = new Dictionary<string, string>();

    /// <summary>Properties that <c>SET</c> has given.</summary>
    public IReadOnlyDictionary<string, string> Properties { get; init; } = None;

    /// <summary>Variables that <c>DEFINE</c> has given, which the statements name as <c>${name}</c>.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = None;

    /// <summary>The server first runs the command with this number, which one of its answers has given; null for none.</summary>
    public long? After { get; init; }
}
