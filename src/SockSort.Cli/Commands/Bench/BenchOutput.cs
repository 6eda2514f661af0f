using System.Globalization;

namespace SockSort.Cli.Commands.Bench;

/// <summary>How benches print their lines: figures in the same form everywhere.</summary>
internal static class BenchOutput
{
    public static void Write(TextWriter output, FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
