using SockSort.Sql.Syntax;

namespace SockSort.Sql.Engine.Connectors;

/// <summary>The mistakes in statements about connectors.</summary>
internal static class ConnectorErrors
{
    public static SqlException NoneHere(SourceSpan at) =>
        SqlException.Analysis(
            "SQL0267", at, "connectors cannot be run here",
            "this command has no connectors: use `socksort sql run`, `socksort run` or `socksort demo`");

    public static SqlException Failed(string problem, SourceSpan at) => SqlException.Analysis("SQL0268", at, problem, null);

    public static SqlException NotFound(string name, IEnumerable<string> known, SourceSpan at) =>
        SqlException.Analysis(
            "SQL0269", at, $"there is no connector '{name}'",
            Names.DidYouMean(name, known) ?? (known.Any() ? $"connectors: {string.Join(", ", known)}" : "no connector is running"));
}
