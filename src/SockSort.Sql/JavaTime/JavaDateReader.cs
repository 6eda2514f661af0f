using System.Globalization;

namespace SockSort.Sql.JavaTime;

/// <summary>Reads a text by the parts of a pattern; upper and lower case do not matter.</summary>
internal sealed class JavaDateReader(string text)
{
    private static readonly DateTimeFormatInfo Names = CultureInfo.InvariantCulture.DateTimeFormat;

    public ParsedFields Fields { get; } = new();

    public int Position { get; private set; }

    public bool AtEnd => Position == text.Length;

    public bool TryRead(IReadOnlyList<PatternPart> parts)
    {
        for (var i = 0; i < parts.Count; i++)
        {
            var part = parts[i];
            var fits = part.Letter switch
            {
                '\0' => Take(part.Text),
                '[' => Optional(part.Inner),
                _ when part.IsNumber => Number(part, Reserved(parts, i)),
                _ => Text(part),
            };
            if (!fits)
                return false;
        }
        return true;
    }

    private bool Optional(IReadOnlyList<PatternPart> inner)
    {
        var start = Position;
        if (!TryRead(inner))
            Position = start;
        return true;
    }

    private bool Take(string literal)
    {
        if (string.Compare(text, Position, literal, 0, literal.Length, StringComparison.OrdinalIgnoreCase) != 0)
            return false;
        Position += literal.Length;
        return true;
    }

    /// <summary>Counts the digits that fields of fixed width right after this one need: a year in yyyyMMdd must leave them.</summary>
    private static int Reserved(IReadOnlyList<PatternPart> parts, int at)
    {
        var digits = 0;
        for (var i = at + 1; i < parts.Count && parts[i].FixedWidth > 0; i++)
            digits += parts[i].FixedWidth;
        return digits;
    }

    private bool Number(PatternPart part, int reserved)
    {
        var start = Position;
        var isSigned = part.Letter is 'y' or 'u' && Position < text.Length && text[Position] is '-' or '+';
        var at = isSigned ? start + 1 : start;
        var available = 0;
        while (at + available < text.Length && char.IsAsciiDigit(text[at + available]))
            available++;
        var isYear = part.Letter is 'y' or 'u';
        var most = isYear ? 9 : 18;
        var fewest = isYear ? Math.Min(part.Count, 9) : 1;
        var width = part.FixedWidth > 0 ? part.FixedWidth : Math.Min(available - reserved, most);
        var least = part.FixedWidth > 0 ? part.FixedWidth : fewest;
        if (width < least || width > available
            || !long.TryParse(text.AsSpan(at, width), NumberStyles.None, CultureInfo.InvariantCulture, out var value))
            return false;
        Position = at + width;
        return Set(part, isSigned && text[start] == '-' ? -value : value, width);
    }

    private bool Set(PatternPart part, long value, int width)
    {
        switch (part.Letter)
        {
            case 'y' or 'u':
                Fields.Year = part.Count == 2 ? 2000 + (int)value : (int)value;
                return true;
            case 'M' or 'L':
                Fields.Month = (int)value;
                return value is >= 1 and <= 12;
            case 'd':
                Fields.Day = (int)value;
                return value is >= 1 and <= 31;
            case 'D':
                Fields.DayOfYear = (int)value;
                return value is >= 1 and <= 366;
            case 'H':
                Fields.Hour = (int)value;
                return value <= 23;
            case 'k':
                Fields.Hour = (int)value % 24;
                return value is >= 1 and <= 24;
            case 'h' or 'K':
                Fields.HalfDayHour = (int)value % 12;
                return value <= 12;
            case 'm':
                Fields.Minute = (int)value;
                return value <= 59;
            case 's':
                Fields.Second = (int)value;
                return value <= 59;
            case 'S':
                Fields.Ticks = width <= 7 ? value * (long)Math.Pow(10, 7 - width) : value / (long)Math.Pow(10, width - 7);
                return true;
            case 'n':
                Fields.Ticks = value / 100;
                return true;
            case 'A':
                Fields.Hour = 0;
                Fields.Ticks = value * TimeSpan.TicksPerMillisecond;
                return true;
            default:
                return true;
        }
    }

    private bool Text(PatternPart part)
    {
        switch (part.Letter)
        {
            case 'M' or 'L':
                var month = OneOf(part.Count == 3 ? Names.AbbreviatedMonthNames : Names.MonthNames);
                Fields.Month = month + 1;
                return month >= 0;
            case 'E' or 'e' or 'c':
                return OneOf(part.Count == 4 ? Names.DayNames : Names.AbbreviatedDayNames) >= 0;
            case 'a':
                var half = OneOf(["AM", "PM"]);
                Fields.IsPm = half == 1;
                return half >= 0;
            case 'G':
                return OneOf(["Anno Domini", "AD"]) >= 0;
            case 'X' or 'x' or 'Z' or 'O':
                return Offset();
            default:
                return Zone();
        }
    }

    /// <summary>Finds the index of the longest name that stands here; -1 for none.</summary>
    private int OneOf(string[] names)
    {
        var best = -1;
        for (var i = 0; i < names.Length; i++)
        {
            var fits = names[i].Length > 0
                && string.Compare(text, Position, names[i], 0, names[i].Length, StringComparison.OrdinalIgnoreCase) == 0;
            if (fits && (best < 0 || names[i].Length > names[best].Length))
                best = i;
        }
        if (best >= 0)
            Position += names[best].Length;
        return best;
    }

    private bool Offset()
    {
        _ = Take("GMT");
        if (Position < text.Length && text[Position] is 'Z' or 'z')
        {
            Position++;
            Fields.Offset = TimeSpan.Zero;
            return true;
        }
        if (Position >= text.Length || text[Position] is not ('+' or '-'))
        {
            Fields.Offset = TimeSpan.Zero;
            return Position > 0 && text[..Position].EndsWith("GMT", StringComparison.OrdinalIgnoreCase);
        }
        var sign = text[Position++] == '-' ? -1 : 1;
        if (!TwoDigits(out var hours))
            return false;
        var minutes = 0;
        if (Position < text.Length && text[Position] == ':')
            Position++;
        _ = TwoDigits(out minutes);
        Fields.Offset = sign * new TimeSpan(hours, minutes, 0);
        return hours <= 18 && minutes <= 59;
    }

    private bool TwoDigits(out int value)
    {
        value = 0;
        if (Position + 2 > text.Length
            || !int.TryParse(text.AsSpan(Position, 2), NumberStyles.None, CultureInfo.InvariantCulture, out value))
            return false;
        Position += 2;
        return true;
    }

    private bool Zone()
    {
        var start = Position;
        while (Position < text.Length && (char.IsLetterOrDigit(text[Position]) || text[Position] is '/' or '_' or '+' or '-' or ':'))
            Position++;
        if (Position == start)
            return false;
        Fields.Zone = ZoneNames.Find(text[start..Position]);
        return true;
    }
}
