using SockSort.Sql.Binding;

namespace SockSort.Sql.Planning;

/// <summary>FROM two or more sources, joined from left to right.</summary>
internal sealed class JoinFrom(FromPlan left, SourceNode right, JoinNode node) : FromPlan
{
    public override IReadOnlyList<SourceNode> Sources { get; } = [.. left.Sources, right];

    public override PlanNode Node => node;

    public override string? SyntheticName => node.SyntheticName;

    public override ColumnSlot? Use(string label, string name)
    {
        var slot = label == right.Label ? right.Use(name) : left.Use(label, name);
        return slot is null ? null : node.Copy(slot, isLeft: label != right.Label);
    }

    public override ColumnSlot? UseSynthetic(string name) => node.SyntheticName == name ? node.UseSynthetic() : null;
}

/// <summary>The sources of a join while its condition is bound: names can be resolved, rows do not exist yet.</summary>
internal sealed class UnjoinedFrom(IReadOnlyList<SourceNode> sources) : FromPlan
{
    public override IReadOnlyList<SourceNode> Sources => sources;

    public override PlanNode Node => throw new InvalidOperationException("the sources are not joined yet");

    public override ColumnSlot? Use(string label, string name) => null;
}
