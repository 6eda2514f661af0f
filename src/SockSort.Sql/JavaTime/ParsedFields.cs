namespace SockSort.Sql.JavaTime;

/// <summary>The fields of a moment that were read; the others are those of 1970-01-01T00:00.</summary>
internal sealed class ParsedFields
{
    public int? Year { get; set; }

    public int? Month { get; set; }

    public int? Day { get; set; }

    public int? DayOfYear { get; set; }

    /// <summary>0..23; 24 for the end of the day, where nothing follows.</summary>
    public int? Hour { get; set; }

    /// <summary>0..11, beside <see cref="IsPm"/>.</summary>
    public int? HalfDayHour { get; set; }

    public bool? IsPm { get; set; }

    public int Minute { get; set; }

    public int Second { get; set; }

    /// <summary>The fraction of the second, in units of 100 ns.</summary>
    public long Ticks { get; set; }

    public TimeSpan? Offset { get; set; }

    public TimeZoneInfo? Zone { get; set; }

    /// <exception cref="FormatException">There is no such day.</exception>
    public DateTime Date()
    {
        try
        {
            var year = Year ?? 1970;
            return DayOfYear is { } day
                ? new DateTime(year, 1, 1, 0, 0, 0, DateTimeKind.Unspecified).AddDays(day - 1)
                // As Java's "smart" resolving: the 30th of February is its last day.
                : new DateTime(
                    year, Month ?? 1, Math.Min(Day ?? 1, DateTime.DaysInMonth(year, Month ?? 1)), 0, 0, 0, DateTimeKind.Unspecified);
        }
        catch (ArgumentOutOfRangeException)
        {
            throw new FormatException($"there is no day {Year ?? 1970}-{Month ?? 1}-{Day ?? 1}");
        }
    }

    /// <exception cref="FormatException">There is no such day, or year, month or day is missing.</exception>
    public DateTime WholeDate() => Year is not null && (DayOfYear is not null || (Month is not null && Day is not null))
        ? Date()
        : throw new FormatException("year, month or day is missing");

    /// <exception cref="FormatException">There is no such time, or the hour is missing (one of 12 needs AM or PM).</exception>
    public TimeSpan WholeTime() => Hour is not null || (HalfDayHour is not null && IsPm is not null)
        ? TimeOfDay()
        : throw new FormatException("the hour is missing; an hour of 12 (h) needs AM or PM (a)");

    /// <exception cref="FormatException">There is no such time of day.</exception>
    public TimeSpan TimeOfDay()
    {
        var hour = Hour ?? ((HalfDayHour ?? 0) + (IsPm == true ? 12 : 0));
        // As Java's "smart" resolving.
        if (hour == 24 && Minute == 0 && Second == 0 && Ticks == 0)
            return TimeSpan.FromDays(1);
        return hour is >= 0 and < 24 && Minute is >= 0 and < 60 && Second is >= 0 and < 60
            ? new TimeSpan(0, hour, Minute, Second) + TimeSpan.FromTicks(Ticks)
            : throw new FormatException($"there is no time {hour}:{Minute}:{Second}");
    }
}
