using SockSort.Sql.Catalog;

namespace SockSort.Deploy.KsqlDb;

/// <summary>
/// What a statement makes, property by property: two statements that make the same have equal ones, however they are written.
/// </summary>
/// <param name="Facets">Names and values.</param>
/// <param name="Stated">Those that a statement may leave to the server: they are compared only where both statements have them.</param>
/// <param name="Source">The stream or table; null for <c>INSERT INTO</c>, which makes none.</param>
internal sealed record Definition(
    IReadOnlyDictionary<string, string> Facets, IReadOnlyDictionary<string, string> Stated, DataSource? Source)
{
    /// <summary>What differs, as <c>topic: socks here, shoes there</c>; empty for nothing.</summary>
    public string DifferencesFrom(Definition there)
    {
        var names = Facets.Keys.Union(there.Facets.Keys).Where(name => ValueOf(Facets, name) != ValueOf(there.Facets, name));
        var stated = Stated.Keys.Intersect(there.Stated.Keys).Where(name => Stated[name] != there.Stated[name]);
        return string.Join("; ", names.Select(name => Difference(name, ValueOf(Facets, name), ValueOf(there.Facets, name)))
            .Concat(stated.Select(name => Difference(name, Stated[name], there.Stated[name]))));
    }

    private static string ValueOf(IReadOnlyDictionary<string, string> facets, string name) => facets.GetValueOrDefault(name, "none");

    /// <summary>Of values of several lines only the first that differs is told.</summary>
    private static string Difference(string name, string here, string there)
    {
        var (mine, theirs) = (here.Split('\n'), there.Split('\n'));
        var same = mine.Zip(theirs).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"{name}: {mine.ElementAtOrDefault(same) ?? "nothing more"} here, {theirs.ElementAtOrDefault(same) ?? "nothing more"} there";
    }
}
