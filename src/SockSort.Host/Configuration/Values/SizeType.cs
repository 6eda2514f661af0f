using System.Globalization;
using SockSort.Host.Configuration.Schema;

namespace SockSort.Host.Configuration.Values;

/// <summary>A number of bytes: <c>500MB</c> (a thousand each), <c>10MiB</c>, <c>1GiB</c> (1024 each), <c>500000</c>.</summary>
internal sealed class SizeType : ScalarType<long>
{
    public static readonly SizeType One = new();

    private const long Most = 1L << 60;

    private static readonly (string Unit, long Bytes)[] Units =
    [
        ("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30), ("TiB", 1L << 40),
        ("kB", 1000), ("KB", 1000), ("MB", 1000_000), ("GB", 1000_000_000), ("TB", 1000_000_000_000),
        ("B", 1), ("", 1),
    ];

    public override string Words => "size, 1 byte to 1024 PiB";

    protected override string Expected => "a size as 500000, 500MB, 10MiB or 1GiB";

    protected override bool TryParse(string text, Reading reading, out long value, ref string hint)
    {
        value = 0;
        var (unit, bytes) = Units.First(unit => text.EndsWith(unit.Unit, StringComparison.Ordinal));
        var number = text[..^unit.Length].TrimEnd();
        if (!decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count))
            return false;
        // Compared this way, the multiplication cannot overflow.
        if (count > (decimal)Most / bytes)
            return false;
        value = (long)(count * bytes);
        return value >= 1;
    }
}
