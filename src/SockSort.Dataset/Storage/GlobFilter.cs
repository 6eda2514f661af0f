using System.Text;
using System.Text.RegularExpressions;

namespace SockSort.Dataset.Storage;

/// <summary>Which files a copy takes: those that an include names (all, without one) and no exclude does.</summary>
/// <remarks>
/// <c>*</c> and <c>?</c> stand for any signs but <c>/</c>, <c>**</c> for any; a pattern without <c>/</c> is held against the name alone, in
/// every folder.
/// </remarks>
public sealed class GlobFilter(IEnumerable<string> include, IEnumerable<string> exclude)
{
    // Patterns come from a command line; the bound keeps one with many stars from running on.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly List<(Regex Pattern, bool NameOnly)> _include = [.. include.Select(Compile)];
    private readonly List<(Regex Pattern, bool NameOnly)> _exclude = [.. exclude.Select(Compile)];

    /// <param name="key">Path with <c>/</c>.</param>
    public bool Takes(string key) =>
        (_include.Count == 0 || _include.Exists(glob => Matches(glob, key))) && !_exclude.Exists(glob => Matches(glob, key));

    private static bool Matches((Regex Pattern, bool NameOnly) glob, string key) =>
        glob.Pattern.IsMatch(glob.NameOnly ? key[(key.LastIndexOf('/') + 1)..] : key);

    private static (Regex Pattern, bool NameOnly) Compile(string glob)
    {
        var pattern = new StringBuilder("^");
        for (var i = 0; i < glob.Length; i++)
        {
            var (piece, length) = glob[i] switch
            {
                '*' when glob.AsSpan(i).StartsWith("**/") => ("(.*/)?", 3),
                '*' when glob.AsSpan(i).StartsWith("**") => (".*", 2),
                '*' => ("[^/]*", 1),
                '?' => ("[^/]", 1),
                var sign => (Regex.Escape(sign.ToString()), 1),
            };
            pattern.Append(piece);
            i += length - 1;
        }
        return (
            new Regex(pattern.Append('$').ToString(), RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, Patience),
            !glob.Contains('/'));
    }
}
