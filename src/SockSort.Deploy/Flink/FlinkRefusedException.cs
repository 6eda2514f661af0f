using SockSort.Shared;
using SockSort.Sql.Syntax;

namespace SockSort.Deploy.Flink;

/// <summary>Ends the translation of one statement; that of the others goes on, so that all refusals are told at once.</summary>
internal sealed class FlinkRefusedException(SourceSpan at, string reason) : ExpectedException(reason)
{
    public FlinkRefusal Refusal { get; } = new(at, reason);

    /// <inheritdoc/>
    public override string Code => "deploy-flink";
}
