using System.Globalization;

namespace SockSort.Edge.Loop;

/// <summary>Decides which frames get a message.</summary>
public sealed record PublishEvery
{
    /// <summary>Every frame gets a message.</summary>
    public static readonly PublishEvery Frame = new() { Interval = TimeSpan.Zero };

    /// <summary>A frame gets a message when its label differs from the one before.</summary>
    public static readonly PublishEvery Change = new() { Interval = Timeout.InfiniteTimeSpan };

    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>Description of the texts that <see cref="TryParse"/> accepts, for messages to the user.</summary>
    public const string Words = "frame, change, or 0.001 to 86400 seconds";

    private TimeSpan Interval { get; init; }

    /// <summary>
    /// A frame gets a message when its label differs from the one before, and when this interval has passed since the last message.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The interval is not positive.</exception>
    public static PublishEvery Of(TimeSpan interval)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(interval, TimeSpan.Zero);
        return new() { Interval = interval };
    }

    /// <param name="text"><c>frame</c>, <c>change</c> or a number of seconds, 0.001 to 86400.</param>
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

    /// <summary>The text from which <see cref="TryParse"/> makes an equal value.</summary>
    public override string ToString()
    {
        if (Interval == TimeSpan.Zero)
            return "frame";
        return Interval == Timeout.InfiniteTimeSpan ? "change" : Interval.TotalSeconds.ToString(CultureInfo.InvariantCulture);
    }

    /// <param name="isChange">Whether the label differs from the one before, or is the first.</param>
    /// <param name="sinceLast">Time since the last message.</param>
    internal bool IsDue(bool isChange, TimeSpan sinceLast) =>
        isChange || (Interval != Timeout.InfiniteTimeSpan && sinceLast >= Interval);
}
