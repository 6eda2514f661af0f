using SockSort.Sql.Syntax;

namespace SockSort.Deploy;

/// <summary>What differs between two sets of settings of a connector, told without secrets.</summary>
internal static class SettingDifferences
{
    // Kafka Connect adds the connector's name to its settings.
    private const string Name = "name";

    /// <returns>As <c>'topics': a here, b there</c>; empty where nothing differs that may be shown.</returns>
    /// <remarks>A side that hides its secrets is compared by what it shows of them.</remarks>
    public static string Between(IReadOnlyDictionary<string, string> here, IReadOnlyDictionary<string, string> there)
    {
        var keys = here.Keys.Union(there.Keys).Where(key => key != Name);
        return string.Join("; ", keys.Select(key => Of(key, here.GetValueOrDefault(key), there.GetValueOrDefault(key))).OfType<string>());
    }

    private static string? Of(string key, string? here, string? there)
    {
        if (here == there)
            return null;
        var (mine, theirs) = (Shown(key, here), Shown(key, there));
        if (mine != theirs)
            return $"'{key}': {mine} here, {theirs} there";
        return IsHidden(theirs, there) ? null : $"'{key}': another secret here than there";
    }

    private static bool IsHidden(string shown, string? value) => value == shown;

    private static string Shown(string key, string? value) => value is null ? "nothing" : SecretText.Shown(key, value);
}
