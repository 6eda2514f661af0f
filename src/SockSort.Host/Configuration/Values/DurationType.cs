using System.Globalization;
using SockSort.Host.Configuration.Schema;

namespace SockSort.Host.Configuration.Values;

/// <summary>A duration with its unit: <c>500ms</c>, <c>10s</c>, <c>5m</c>, <c>2h</c>, <c>7d</c>.</summary>
internal sealed class DurationType(TimeSpan least, TimeSpan most) : ScalarType<TimeSpan>
{
    // The longest retention that a topic can have: a thousand years.
    public static readonly DurationType OfRetention = new(TimeSpan.FromMilliseconds(1), TimeSpan.FromDays(365_000));

    private static readonly (string Unit, TimeSpan Of)[] Units =
    [
        ("ms", TimeSpan.FromMilliseconds(1)),
        ("s", TimeSpan.FromSeconds(1)),
        ("m", TimeSpan.FromMinutes(1)),
        ("h", TimeSpan.FromHours(1)),
        ("d", TimeSpan.FromDays(1)),
    ];

    public override string Words => $"duration, {Written(least)} to {Written(most)}";

    protected override string Expected => $"a duration as 500ms, 10s, 5m, 2h or 7d, from {Written(least)} to {Written(most)}";

    protected override bool TryParse(string text, Reading reading, out TimeSpan value, ref string hint)
    {
        value = TimeSpan.Zero;
        var unit = Units.FirstOrDefault(unit => text.EndsWith(unit.Unit, StringComparison.Ordinal));
        if (unit.Unit is null)
            return false;
        var number = text[..^unit.Unit.Length].TrimEnd();
        if (!decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count))
            return false;
        // Compared this way, the multiplication cannot overflow.
        if (count > (decimal)most.Ticks / unit.Of.Ticks)
            return false;
        value = new TimeSpan((long)(count * unit.Of.Ticks));
        return value >= least;
    }

    /// <summary>Formats a duration in the largest unit that gives a whole number.</summary>
    private static string Written(TimeSpan duration)
    {
        var (unit, of) = Units.Last(unit => duration.Ticks % unit.Of.Ticks == 0);
        return $"{duration.Ticks / of.Ticks}{unit}";
    }
}
