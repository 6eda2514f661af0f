using SockSort.Log.Sharing;

namespace SockSort.Log.Kafka.Sharing;

/// <summary>The name of a share, and what is named after it on Kafka.</summary>
internal sealed record ShareName
{
    private const int MostLength = 100;

    private ShareName(string name) => Name = name;

    public string Name { get; }

    /// <summary>The compacted topic of the state; its partitions are the ones that are shared.</summary>
    public string Topic => ShareTopics.Prefix + Name;

    /// <summary>The consumer group whose members share the partitions.</summary>
    public string Group => $"socksort-{Name}";

    /// <exception cref="LogException">It is no name.</exception>
    public static ShareName Parse(string name) =>
        name.Length is > 0 and <= MostLength && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.')
            ? new ShareName(name)
            : throw new LogException(LogErrorKind.WrongRequest,
                $"'{name}' can't be the name of servers that share their work; write 1 to {MostLength} letters, digits, '-', '_' or '.'");
}
