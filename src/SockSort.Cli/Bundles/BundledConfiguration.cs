using System.Text.RegularExpressions;
using SockSort.Cli.Output;
using SockSort.Host.Configuration.Settings;

namespace SockSort.Cli.Bundles;

/// <summary>A configuration file as it stands in a bundle, and the files beside it that it names.</summary>
/// <param name="Text">The file's text; <c>model</c> is the bundle's.</param>
/// <param name="Files">Scripts of queries: where they are, and their places in the bundle.</param>
/// <param name="LeftOut">What it names and the bundle does not hold, since it is secret or belongs to one machine.</param>
internal sealed partial record BundledConfiguration(
    string Text, IReadOnlyList<(string Path, string Place)> Files, IReadOnlyList<string> LeftOut)
{
    /// <param name="path">The file's path.</param>
    /// <param name="read">What was read from it.</param>
    /// <exception cref="CommandException">A script lies outside the file's folder.</exception>
    public static BundledConfiguration Of(string path, string text, RunConfiguration read)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var model = $"model: {EdgeBundle.ModelPlace}";
        var bundled = ModelLine().IsMatch(text) ? ModelLine().Replace(text, model) : $"{model}\n{text}";
        var queries = read.Queries.Select(query => (query, PlaceOf(query, folder)));
        return new BundledConfiguration(bundled, [.. queries], [.. LeftOutOf(text, read)]);
    }

    private static string PlaceOf(string query, string folder)
    {
        var place = Path.GetRelativePath(folder, query);
        return place.StartsWith("..", StringComparison.Ordinal) || Path.IsPathRooted(place)
            ? throw new CommandException($"{query}: lies outside the configuration's folder; put it beside the configuration")
            : place.Replace(Path.DirectorySeparatorChar, '/');
    }

    private static IEnumerable<string> LeftOutOf(string text, RunConfiguration read)
    {
        foreach (var secret in Secret().Matches(text).Select(match => match.Value).Distinct())
            yield return secret;
        foreach (var (key, path) in new[]
        {
            ("broker.users", read.Broker?.Users), ("broker.certificate", read.Broker?.Certificate), ("broker.key", read.Broker?.Key),
            ("listen.certificate", read.Listen.Certificate), ("listen.key", read.Listen.Key),
        })
        {
            if (path is not null)
                yield return $"{key}: {path}";
        }
    }

    [GeneratedRegex(@"^model\s*:.*$", RegexOptions.Multiline)]
    private static partial Regex ModelLine();

    [GeneratedRegex(@"\$\{(file|env):[^}]*\}")]
    private static partial Regex Secret();
}
