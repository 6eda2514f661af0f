using SockSort.Sql.Types;

namespace SockSort.Sql.Formats;

public enum FormatKind
{
    Json,
    Delimited,
    Kafka,

    /// <summary>Nothing is read or written: keys of streams without key columns.</summary>
    None,
}

/// <param name="Delimiter">The character between the values of <see cref="FormatKind.Delimited"/>.</param>
/// <param name="IsWrapped">
/// Whether a single column stands in an object of its own (JSON); null for the default: values are, keys are not.
/// </param>
public sealed record FormatSpec(FormatKind Kind, char Delimiter = ',', bool? IsWrapped = null)
{
    public string Name => Kind.ToString().ToUpperInvariant();
}

/// <summary>A column that a format reads or writes.</summary>
/// <param name="Slot">The column's slot in the row; -1 for a column that no expression asks for.</param>
public sealed record FormatColumn(string Name, SqlType Type, int Slot);
