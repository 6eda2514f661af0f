using SockSort.Host.Configuration.Mistakes;
using SockSort.Host.Configuration.Yaml;

namespace SockSort.Host.Configuration.Schema;

/// <summary>A single value that is parsed from its text.</summary>
internal abstract class ScalarType<T> : ValueType<T>
{
    /// <summary>Describes a valid value in words that follow "expected": <c>a duration as 10s, 5m or 2h</c>.</summary>
    protected abstract string Expected { get; }

    /// <summary>Whether the value is a secret, which no message may repeat.</summary>
    protected virtual bool IsSecret => false;

    /// <summary>Whether blanks around the value are ignored.</summary>
    protected virtual bool IsTrimmed => true;

    /// <summary>Parses a text that is not empty and has no control characters.</summary>
    /// <param name="hint">Receives what would be right if that is more than <see cref="Expected"/>; never the value.</param>
    protected abstract bool TryParse(string text, Reading reading, out T? value, ref string hint);

    public override bool TryRead(YamlNode node, string key, Reading reading, out T? value)
    {
        value = default;
        if (node is YamlRefused)
            return false;
        var hint = $"expected {Expected}";
        if (node is not YamlScalar scalar)
            return No(node, $"is {NodeWords.Of(node)}");
        if (scalar.IsNull || scalar.Text.AsSpan().Trim().IsEmpty)
            return No(node, "is empty");
        if (reading.Resolve(scalar, key) is not { } resolved)
            return false;
        var text = IsTrimmed ? resolved.Text.Trim() : resolved.Text;
        if (text.Length == 0)
            return No(node, "is empty: its secret is");
        if (text.Any(char.IsControl))
            return No(node, "holds a line break or another control character");
        if (TryParse(text, reading, out value, ref hint))
            return true;
        // An address may contain a password before its @.
        var repeats = !resolved.HeldSecret && !IsSecret && !text.Contains('@');
        return No(node, repeats ? $"is '{Shown.Text(text)}'" : "can't be used");

        bool No(YamlNode at, string problem)
        {
            reading.Report(at.Place, key, problem, hint);
            return false;
        }
    }
}
