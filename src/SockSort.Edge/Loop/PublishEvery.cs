using System.Globalization;

namespace SockSort.Edge.Loop;

/// <summary>Which frames have a message.</summary>
public sealed record PublishEvery
{
    /// <summary>Each one.</summary>
    public static readonly PublishEvery Frame = new() { Interval = TimeSpan.Zero };

    /// <summary>Those whose label is another one than before.</summary>
    public static readonly PublishEvery Change = new() { Interval = Timeout.InfiniteTimeSpan };

    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>What can be parsed, in words.</summary>
    public const string Words = "frame, change, or 0.001 to 86400 seconds";

    private TimeSpan Interval { get; init; }

    /// <summary>Those whose label is another one than before, and one whenever this time has passed since the last message.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive.</exception>
    public static PublishEvery Of(TimeSpan interval)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(interval, TimeSpan.Zero);
        return new() { Interval = interval };
    }

    /// <param name="text"><c>frame</c>, <c>change</c> or a number of seconds.</param>
    public static bool TryParse(string text, out PublishEvery every)
    {
        every = text == "change" ? Change : Frame;
        if (text is "frame" or "change")
            return true;
        if (!double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds))
            return false;
        if (seconds < 0.001 || seconds > Longest.TotalSeconds)
            return false;
        every = Of(TimeSpan.FromSeconds(seconds));
        return true;
    }

    /// <summary>As <see cref="TryParse"/> takes it.</summary>
    public override string ToString()
    {
        if (Interval == TimeSpan.Zero)
            return "frame";
        return Interval == Timeout.InfiniteTimeSpan ? "change" : Interval.TotalSeconds.ToString(CultureInfo.InvariantCulture);
    }

    /// <param name="isChange">The label is another one than before, or the first.</param>
    /// <param name="sinceLast">Since the last message.</param>
    internal bool IsDue(bool isChange, TimeSpan sinceLast) =>
        isChange || (Interval != Timeout.InfiniteTimeSpan && sinceLast >= Interval);
}
