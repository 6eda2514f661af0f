using SockSort.Sql.Syntax;

namespace SockSort.Deploy.Flink;

/// <summary>What Flink cannot do as ksqlDB does it.</summary>
/// <param name="At">Where it stands in the script.</param>
/// <param name="Reason">Why, and what could be written instead.</param>
public sealed record FlinkRefusal(SourceSpan At, string Reason)
{
    /// <summary><c>socks.ksql:3:8: reason</c>.</summary>
    public override string ToString() => $"{At.Place}: {Reason}";
}
