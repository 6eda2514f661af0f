using SockSort.Models.Onnx;

namespace SockSort.Training.Graph;

/// <summary>
/// Where a network can be cut in two: after nodes whose output is all that the rest needs. A block ends where a shortcut
/// is added (and its activation done), or where a convolution has no activation behind it; in a network without either,
/// behind each activation.
/// </summary>
internal sealed class GraphBlocks
{
    private static readonly string[] Activations =
    [
        "Relu", "Clip", "LeakyRelu", "Sigmoid", "HardSigmoid", "HardSwish", "Tanh", "BatchNormalization",
    ];

    private readonly GraphProto _graph;
    private readonly Dictionary<string, int> _producers = new(StringComparer.Ordinal);
    private readonly ILookup<string, int> _consumers;
    private readonly HashSet<string> _constants;

    public GraphBlocks(GraphProto graph)
    {
        _graph = graph;
        _constants = Constants.NamesOf(graph);
        for (var i = 0; i < graph.Node.Count; i++)
        {
            foreach (var output in graph.Node[i].Output)
                _producers[output] = i;
        }
        _consumers = graph.Node.SelectMany((node, index) => node.Input.Select(input => (Input: input, Index: index)))
            .ToLookup(use => use.Input, use => use.Index);
        int[] cuts = [.. FindCuts()];
        int[] ends = [.. cuts.Where(EndsBlock)];
        Ends = ends.Length > 0 ? ends : [.. cuts.Where(node => Activations.Contains(graph.Node[node].OpType))];
    }

    /// <summary>The last node of each block, in order.</summary>
    public IReadOnlyList<int> Ends { get; }

    /// <summary>The first node of the last <paramref name="blocks"/> blocks and all behind them; 0 = the whole network.</summary>
    /// <param name="blocks">1 or more; as many as there are, or more, take in what is before the first, too.</param>
    public int FirstNodeOf(int blocks) => blocks >= Ends.Count ? 0 : Ends[Ends.Count - blocks - 1] + 1;

    /// <summary>Nodes with one output which is the only value, beside constants, that crosses to what comes after them.</summary>
    private IEnumerable<int> FindCuts()
    {
        var lastUse = _consumers.ToDictionary(uses => uses.Key, uses => uses.Max());
        foreach (var output in _graph.Output)
            lastUse[output.Name] = _graph.Node.Count;
        var alive = _graph.Input.Select(input => input.Name).Where(name => !_constants.Contains(name)).ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < _graph.Node.Count - 1; i++)
        {
            alive.UnionWith(_graph.Node[i].Output.Where(output => !_constants.Contains(output)));
            _ = alive.RemoveWhere(name => lastUse.GetValueOrDefault(name, -1) <= i);
            if (alive.Count == 1 && _graph.Node[i].Output.Contains(alive.Single()))
                yield return i;
        }
    }

    private bool EndsBlock(int index)
    {
        var node = _graph.Node[index];
        var isActivatedNext = _consumers[node.Output[0]].Any(next => Activations.Contains(_graph.Node[next].OpType));
        if (node.OpType is "Add" or "Conv")
            return !isActivatedNext;
        if (!Activations.Contains(node.OpType) || isActivatedNext)
            return false;
        var before = node.OpType == "BatchNormalization" ? "Conv" : "Add";
        return _producers.TryGetValue(node.Input[0], out var producer) && _graph.Node[producer].OpType == before;
    }
}
