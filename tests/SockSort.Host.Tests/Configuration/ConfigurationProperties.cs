using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using SockSort.Host.Configuration;
using SockSort.Host.Configuration.Mistakes;
using SockSort.Host.Configuration.Schema;
using SockSort.Host.Configuration.Secrets;
using SockSort.Host.Configuration.Sections;

namespace SockSort.Host.Tests.Configuration;

/// <summary>What holds of every file, however strange.</summary>
public class ConfigurationProperties
{
    // What YAML and the schema are made of, so that random texts come far.
    private static readonly string[] Pieces =
    [
        "\n", "\n  ", "\n    ", "\n- ", "\n  - ", "\t", " ", ": ", ":", "- ", ", ", "[", "]", "{", "}",
        "'", "\"", "#", "&a ", "*a", "!t ", "|", ">",
        "---\n", "...\n", "? ", "<<", "%YAML 1.2\n", "\\", "\r\n", "\uFEFF", "é", "\u2028", "~", "null", "true", "yes", "0", "-1", "4",
        "10s", "1GiB",
        "off", "none", "${env:A}", "${file:a:b}", "${", "}",
        "http://127.0.0.1:1", "http://0.0.0.0:1", "mqtt://a", "synthetic:1",
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

    /// <summary>Of the example any keys may be taken: nothing is then wrong but what needs or excludes each other.</summary>
    [Property(MaxTest = 300)]
    public bool Any_keys_of_the_example_can_be_used(int seed)
    {
        var random = new Random(seed);
        var isTaken = false;
        var lines = ConfigurationExample.Text.Split('\n').Select(line =>
        {
            // The lines of a block go together.
            isTaken = line.StartsWith("#  ", StringComparison.Ordinal) ? isTaken : random.Next(2) == 0;
            var key = line.TrimStart(' ');
            var isProse = Regex.IsMatch(key, "^# [^ ]");
            return key.StartsWith('#') && !isProse && isTaken ? line.Remove(line.IndexOf('#'), 1) : line;
        });

        var mistakes = Written.Read(string.Join('\n', lines), _ => SecretResolution.Found("s3cret")).Mistakes;

        return mistakes.All(mistake => mistake.Problem.StartsWith("needs", StringComparison.Ordinal) || mistake.Key == "mqtt.address");
    }

    /// <summary>JSON's quotes and escapes are YAML's too.</summary>
    [Property(MaxTest = 1000)]
    public bool Any_text_in_quotes_is_read_as_it_is(NonWhiteSpaceString text)
    {
        // What begins with a dollar may be a placeholder.
        var letters = text.Get.Where(letter => !char.IsControl(letter) && !char.IsSurrogate(letter) && letter != '$');
        var name = new string([.. letters.Take(100)]).Trim();
        var quoted = JsonSerializer.Serialize(name);

        var result = Written.Read($"cameras: [{{source: a, name: {quoted}}}]");

        var isRead = result.Configuration.Cameras[0].Name == name && result.Mistakes.Count == 0;
        return name.Length == 0 ? result.Mistakes.Count == 1 : isRead;
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
