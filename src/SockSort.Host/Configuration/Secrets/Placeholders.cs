using System.Text.RegularExpressions;
using SockSort.Host.Configuration.Mistakes;

namespace SockSort.Host.Configuration.Secrets;

/// <summary>Replaces <c>${…}</c> in values. The value of a secret is not searched for placeholders again.</summary>
internal static partial class Placeholders
{
    private const string Forms = "write ${env:NAME} or ${file:secrets.properties:NAME}";

    /// <returns>No text if there are problems, each with a hint.</returns>
    public static (ResolvedText? Text, IReadOnlyList<(string Problem, string? Hint)> Problems) Resolve(
        string text, string folder, Func<SecretReference, SecretResolution> secrets)
    {
        List<(string, string?)> problems = [];
        var held = false;
        var resolved = Pattern().Replace(text, found =>
        {
            held = true;
            if (ReferenceOf(found.Groups["inner"].Value, folder) is not { } reference)
            {
                problems.Add(($"holds {Shown.Text(found.Value)}, which is not understood", Forms));
                return "";
            }
            var resolution = secrets(reference);
            if (resolution.Value is null)
                problems.Add((resolution.Problem, resolution.Hint));
            return resolution.Value ?? "";
        });
        return (problems.Count == 0 ? new ResolvedText(resolved, held) : null, [.. problems.Distinct()]);
    }

    private static SecretReference? ReferenceOf(string inner, string folder)
    {
        var provider = inner.Split(':')[0];
        var rest = inner[Math.Min(inner.Length, provider.Length + 1)..];
        var colon = rest.LastIndexOf(':');
        return provider switch
        {
            "env" when rest.Length > 0 && colon < 0 => new SecretReference(provider, "", rest, folder),
            "file" when colon > 0 && colon < rest.Length - 1 => new SecretReference(provider, rest[..colon], rest[(colon + 1)..], folder),
            _ => null,
        };
    }

    [GeneratedRegex(@"\$\{(?<inner>[^{}]*)\}")]
    private static partial Regex Pattern();
}
