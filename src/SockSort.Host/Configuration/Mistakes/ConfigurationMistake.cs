namespace SockSort.Host.Configuration.Mistakes;

/// <summary>An error in a configuration file. Its text never holds a secret.</summary>
/// <param name="Key">The full key, as <c>cameras[0].source</c>; empty for the whole file.</param>
/// <param name="Problem">What is wrong with the value, as words that follow the key.</param>
/// <param name="Hint">What would be right.</param>
public sealed record ConfigurationMistake(ConfigurationPlace Place, string Key, string Problem, string? Hint = null)
{
    /// <summary><c>socksort.yaml:3:5: cameras[0].sorce: unknown key; nearest: source</c>.</summary>
    public override string ToString()
    {
        var where = Key.Length > 0 ? $"{Place}: {Shown.Text(Key)}" : $"{Place}";
        return Hint is null ? $"{where}: {Problem}" : $"{where}: {Problem}; {Hint}";
    }
}
