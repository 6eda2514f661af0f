using System.Globalization;
using System.Text;

namespace SockSort.Bench.Mqtt;

/// <summary>The messages of a burst, as a camera writes them: a label, its probability and a number.</summary>
internal static class MqttPayloads
{
    public const string Topic = "sockfound";

    private const int Labels = 10;

    public static byte[] Of(int number) => Encoding.UTF8.GetBytes(TextOf(number));

    /// <summary>Writes all as lines of a file, for a publisher that reads lines.</summary>
    /// <returns>The file.</returns>
    public static string WriteLines(string folder, int messages)
    {
        var path = Path.Combine(folder, "lines");
        File.WriteAllLines(path, Enumerable.Range(0, messages).Select(TextOf));
        return path;
    }

    private static string TextOf(int number) =>
        string.Create(CultureInfo.InvariantCulture, $$"""{"image":"sock-{{number % Labels}}","probability":97.42,"seq":{{number}}}""");
}
