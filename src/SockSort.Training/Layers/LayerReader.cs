using SockSort.Models.Onnx;
using SockSort.Models.Package;
using SockSort.Training.Graph;
using SockSort.Training.Kernels;

namespace SockSort.Training.Layers;

/// <summary>
/// Makes layers of a graph's last nodes, where these are of the few kinds that mobile networks end in: convolutions of one place or of one
/// channel, limits behind them, shortcuts, the mean over the picture.
/// </summary>
internal sealed class LayerReader
{
    private readonly Dictionary<string, TensorProto> _constants;
    private readonly NodeProto[] _nodes;
    private readonly ILookup<string, NodeProto> _consumers;
    private readonly Dictionary<string, int> _values = new(StringComparer.Ordinal);
    private readonly HashSet<string> _weights = new(StringComparer.Ordinal);
    private readonly HashSet<NodeProto> _done = [];
    private readonly List<ILayer> _layers = [];
    private readonly List<ValueShape> _shapes = [];

    private LayerReader(OnnxModel model, int firstNode)
    {
        var graph = model.Proto.Graph;
        _constants = Constants.Of(graph);
        _nodes = [.. graph.Node.Skip(firstNode).Where(node => node.OpType != "Constant")];
        _consumers = _nodes.SelectMany(node => node.Input.Select(input => (input, node))).ToLookup(use => use.input, use => use.node);
    }

    /// <summary>Whether <see cref="Read"/> finds layers, without knowing how large the pictures are.</summary>
    public static bool Knows(OnnxModel model, int firstNode)
    {
        const int AnySide = 32;
        var reader = new LayerReader(model, firstNode);
        var first = reader._nodes.FirstOrDefault(node => node.OpType == "Conv" && reader._constants.ContainsKey(node.Input[1]));
        return first is not null && reader._constants[first.Input[1]].Dims is [_, var channels, _, _]
            && reader.ReadFrom(new ValueShape(AnySide, AnySide, (int)channels)) is not null;
    }

    /// <param name="model">Not changed; the weights are copied.</param>
    /// <param name="firstNode">The first of its nodes that counts; what is before it leads here by one value.</param>
    /// <param name="input">Shape of that value.</param>
    /// <returns>In their order, the embedding last; null where a node is of another kind.</returns>
    public static IReadOnlyList<ILayer>? Read(OnnxModel model, int firstNode, ValueShape input) =>
        new LayerReader(model, firstNode).ReadFrom(input);

    private List<ILayer>? ReadFrom(ValueShape input)
    {
        var made = _nodes.SelectMany(node => node.Output).ToHashSet(StringComparer.Ordinal);
        var from = _nodes.SelectMany(node => node.Input)
            .FirstOrDefault(name => name.Length > 0 && !made.Contains(name) && !_constants.ContainsKey(name));
        if (from is null)
            return null;
        _values[from] = 0;
        _shapes.Add(input);
        foreach (var node in _nodes)
        {
            if (!_done.Contains(node) && !Add(node))
                return null;
        }
        var isLast = _values.GetValueOrDefault(ModelPackage.EmbeddingName, -1) == _layers.Count;
        return isLast && _shapes[^1].Places == 1 ? _layers : null;
    }

    private bool Add(NodeProto node)
    {
        if (!_values.TryGetValue(node.Input[0], out var input))
            return false;
        return node.OpType switch
        {
            "Conv" => AddConvolution(node, input),
            "Add" => AddSum(node, input),
            "GlobalAveragePool" => Put(node.Output[0], new MeanLayer(input, _shapes.Count, _shapes[input])),
            "Flatten" => new NodeReader(node, _constants).Whole("axis", 1) == 1 && _shapes[input].Places == 1 && Same(node, input),
            "Identity" or "Dropout" => Same(node, input),
            _ => false,
        };
    }

    private bool AddSum(NodeProto node, int first) =>
        _values.TryGetValue(node.Input[1], out var second) && _shapes[first] == _shapes[second]
        && Put(node.Output[0], new SumLayer(first, second, _shapes.Count, _shapes[first]));

    private bool AddConvolution(NodeProto node, int input)
    {
        var reader = new NodeReader(node, _constants);
        if (!node.Input.Skip(1).All(IsOwnWeight))
            return false;
        var (limits, output) = ActivationBehind(node);
        var (from, dims) = (_shapes[input], _constants[node.Input[1]].Dims);
        if (DepthwiseConvolution.Find(node, reader, _constants) is { } depthwise)
            return dims[0] == from.Channels && AddDepthwise(node, depthwise.Window, input, limits, output);
        var isPointwise = dims is [_, _, 1, 1] && dims[1] == from.Channels && reader.Whole("group", 1) == 1
            && Window.Of(reader, [1, 1]) is { Strides: [1, 1], Pads: [0, 0, 0, 0] };
        return isPointwise && Put(output, new PointwiseLayer(input, _shapes.Count, from, WeightsOf(node, 1)!, WeightsOf(node, 2), limits));
    }

    /// <summary>Weights that two nodes share would have two gradients.</summary>
    private bool IsOwnWeight(string name) =>
        _constants.TryGetValue(name, out var tensor) && OnnxTensors.IsFloat(tensor) && _weights.Add(name);

    private bool AddDepthwise(NodeProto node, Window window, int input, Limits limits, string output)
    {
        var from = _shapes[input];
        // Beyond, gradients would have to be left out that belong to nothing but padding.
        if (window.Pads[0] >= window.Size[0] || window.Pads[2] >= window.Size[0] || window.Pads[1] >= window.Size[1]
            || window.Pads[3] >= window.Size[1])
            return false;
        var (height, width) = (
            OutOf(from.Height, window.Pads[0] + window.Pads[2], window.Size[0], window.Strides[0]),
            OutOf(from.Width, window.Pads[1] + window.Pads[3], window.Size[1], window.Strides[1]));
        if (height < 1 || width < 1)
            return false;
        var shape = new DepthwiseShape(1, from.Height, from.Width, from.Channels, height, width, (int)window.Size[0], (int)window.Size[1],
            (int)window.Strides[0], (int)window.Strides[1], (int)window.Pads[0], (int)window.Pads[1]);
        return Put(output, new DepthwiseLayer(input, _shapes.Count, shape, WeightsOf(node, 1)!, WeightsOf(node, 2), limits));
    }

    private static int OutOf(int length, long padding, long window, long stride) => (int)((length + padding - window) / stride + 1);

    private LayerWeights? WeightsOf(NodeProto node, int input) =>
        input < node.Input.Count ? new LayerWeights(node.Input[input], OnnxTensors.Floats(_constants[node.Input[input]])) : null;

    /// <summary>Limits that nobody sees the value without, and the name of what comes out behind them.</summary>
    private (Limits Limits, string Output) ActivationBehind(NodeProto node)
    {
        var output = node.Output[0];
        if (_consumers[output].ToArray() is not [{ OpType: "Clip" or "Relu" } next] || output == ModelPackage.EmbeddingName)
            return (Limits.None, output);
        _ = _done.Add(next);
        var reader = new NodeReader(next, _constants);
        var limits = next.OpType == "Relu"
            ? new Limits(0, float.PositiveInfinity)
            : new Limits(
                reader.NumberOrInput("min", 1) ?? float.NegativeInfinity, reader.NumberOrInput("max", 2) ?? float.PositiveInfinity);
        return (limits, next.Output[0]);
    }

    private bool Same(NodeProto node, int input)
    {
        _values[node.Output[0]] = input;
        return true;
    }

    private bool Put(string output, ILayer layer)
    {
        _values[output] = _shapes.Count;
        _shapes.Add(layer.Shape);
        _layers.Add(layer);
        return true;
    }
}
