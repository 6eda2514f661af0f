using System.Globalization;

namespace SockSort.Sql.Engine.Results;

/// <summary>The partitions of a topic that a server answers for, where several share the work.</summary>
/// <param name="share">The name that the servers have in common.</param>
/// <param name="numbers">The numbers that are this server's own.</param>
/// <param name="all">How many the topic has.</param>
public sealed class OwnPartitions(string share, IEnumerable<int> numbers, int all) : IEquatable<OwnPartitions>
{
    /// <summary>The header of a server's answer over HTTP that has <see cref="Note"/>.</summary>
    public const string NoteHeader = "SockSort-Note";

    private readonly SortedSet<int> _numbers = [.. numbers.Where(number => number < all)];

    /// <summary>The numbers, ascending.</summary>
    public IReadOnlyCollection<int> Numbers => _numbers;

    /// <summary>How many the topic has.</summary>
    public int All => all;

    public bool Has(int partition) => _numbers.Contains(partition);

    /// <summary>What is missing, and where it is: <c>rows of the partitions 0, 2 of 4: …</c>; null where it is all.</summary>
    public string? Note
    {
        get
        {
            if (_numbers.Count == all)
                return null;
            var own = string.Join(", ", _numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)));
            var which = _numbers.Count == 0 ? $"none of the {all} partitions" : $"the partitions {own} of {all}";
            return $"rows of {which}: ask the other servers of '{share}' for those of theirs";
        }
    }

    /// <inheritdoc/>
    public bool Equals(OwnPartitions? other) => other is not null && other.All == all && _numbers.SetEquals(other._numbers);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as OwnPartitions);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(all, _numbers.Count, _numbers.Min);
}
