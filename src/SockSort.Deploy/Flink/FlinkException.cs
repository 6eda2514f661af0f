using SockSort.Shared;

namespace SockSort.Deploy.Flink;

/// <summary>A script that Flink cannot do alike; nothing of it is translated.</summary>
public sealed class FlinkException(string script, IReadOnlyList<FlinkRefusal> refusals)
    : ExpectedException($"{string.Join('\n', refusals)}\n{script}: Flink cannot do this as ksqlDB does; nothing was translated")
{
    /// <summary>All that stands in the way, in the order of the script.</summary>
    public IReadOnlyList<FlinkRefusal> Refusals { get; } = refusals;

    /// <inheritdoc/>
    public override string Code => "deploy-flink";

    /// <inheritdoc/>
    public override string? Place => Refusals[0].At.Place;
}
