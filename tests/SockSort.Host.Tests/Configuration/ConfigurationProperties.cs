using System.Text;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using SockSort.Host.Configuration;
using SockSort.Host.Configuration.Mistakes;
using SockSort.Host.Configuration.Schema;
using SockSort.Host.Configuration.Sections;

namespace SockSort.Host.Tests.Configuration;

/// <summary>What holds of every file, however strange.</summary>
public class ConfigurationProperties
{
    // What YAML and the schema are made of, so that random texts come far.
    private static readonly string[] Pieces =
    [
        "\n", "\n  ", "\n    ", "\n- ", "\n  - ", "\t", " ", ": ", ":", "- ", ", ", "[", "]", "{", "}", "'", "\"", "#", "&a ", "*a", "!t ", "|", ">",
        "---\n", "...\n", "? ", "<<", "%YAML 1.2\n", "\\", "\r\n", "\uFEFF", "é", "\u2028", "~", "null", "true", "yes", "0", "-1", "4", "10s", "1GiB",
        "off", "none", "${env:A}", "${file:a:b}", "${", "}", "http://127.0.0.1:1", "http://0.0.0.0:1", "mqtt://a", "synthetic:1",
        .. KeysOf(RunKeys.Section),
    ];

    public static Arbitrary<string> Texts => Gen.Elements(Pieces).ListOf().Select(string.Concat).ToArbitrary();

    [Property(MaxTest = 1000)]
    public bool Any_bytes_are_read_or_refused(byte[] bytes) => IsSound(Written.Read(bytes));

    [Property(MaxTest = 1000)]
    public bool Any_text_is_read_or_refused(string? text) => IsSound(Written.Read(Encoding.UTF8.GetBytes(text ?? "")));

    [Property(MaxTest = 2000)]
    public Property Any_text_of_YAMLs_own_pieces_is_read_or_refused() =>
        Prop.ForAll(Texts, text => IsSound(Written.Read(text)));

    /// <summary>A file that was cut, or of which a part was lost or doubled: what most broken files are.</summary>
    [Property(MaxTest = 1000)]
    public bool Any_damaged_example_is_read_or_refused(NonNegativeInt from, NonNegativeInt length, NonNegativeInt to)
    {
        var all = ConfigurationExample.Text.Replace("#", "", StringComparison.Ordinal);
        var start = from.Get * 37 % all.Length;
        var cut = all.Substring(start, Math.Min(length.Get, all.Length - start));
        var damaged = all.Remove(start, cut.Length).Insert(to.Get * 31 % (all.Length - cut.Length), cut);

        return IsSound(Written.Read(damaged));
    }

    [Property(MaxTest = 500)]
    public bool What_is_unknown_is_told_at_its_place(NonNegativeInt blankLines)
    {
        var text = new string('\n', blankLines.Get) + "unheard: of";

        var mistake = Written.Read(text).Mistakes.Single();

        return mistake.Place == new ConfigurationPlace("socksort.yaml", blankLines.Get + 1, 1);
    }

    private static bool IsSound(ConfigurationResult result)
    {
        var places = result.Mistakes.Select(mistake => mistake.Place).ToList();
        var isPlaced = places.All(place => place.Line >= 0 && place.Column >= 0 && place.File == "socksort.yaml");
        var isTold = result.Mistakes.All(mistake => mistake.Problem.Length > 0 && !mistake.ToString().Any(char.IsControl));
        return isPlaced && isTold && result.Configuration.MissingForRun().Count <= 3;
    }

    private static IEnumerable<string> KeysOf(IValueType type) =>
        type.Nested.SelectMany(nested => KeysOf(nested.Key.Type).Prepend(nested.Key.Name)).Distinct();
}
