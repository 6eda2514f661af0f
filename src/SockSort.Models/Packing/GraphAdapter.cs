using Google.Protobuf;
using SockSort.Models.Onnx;
using SockSort.Models.Package;

namespace SockSort.Models.Packing;

/// <summary>
/// Puts the package's names around a foreign graph: <c>image</c>, <c>probability</c>, <c>embedding</c>. What lies between is
/// left as it is.
/// </summary>
internal sealed class GraphAdapter(OnnxModel foreign, PictureInput input, ScoreOutput output, int side)
{
    private const string OpenAxis = "N";
    private const string Prefix = "socksort.";
    private const string ScoreName = Prefix + "score";
    private const string PictureName = Prefix + "picture";
    private const string FirstName = Prefix + "first";
    private const int WholeNumbers = 7; // TensorProto.DataType.INT64

    /// <summary>
    /// Pictures that the graph must have in a run: the one there is stands for all, and its scores are the first. Default 1.
    /// </summary>
    public int Together { get; init; } = 1;

    /// <param name="openBatch">Any number of pictures a run; else one.</param>
    /// <param name="withSoftmax">The scores are no shares of 1 yet.</param>
    /// <param name="labels">Width of the scores.</param>
    /// <param name="embeddingLength">Width of the features.</param>
    public OnnxModel Adapt(bool openBatch, bool withSoftmax, int labels, int embeddingLength)
    {
        var model = foreign.Copy();
        var graph = model.Proto.Graph;
        model.Proto.ProducerName = "socksort";
        FreeNames(graph);
        var given = Together > 1 ? PictureName : ModelPackage.InputName;
        graph.Node.Insert(0, input.ChannelsLast
            ? Node(
                "Transpose", given, Own(input.Name),
                new AttributeProto { Name = "perm", Ints = { 0, 2, 3, 1 }, Type = AttributeProto.Types.AttributeType.Ints })
            : Node("Identity", given, Own(input.Name)));
        if (Together > 1)
            Repeat(graph);
        // Flattened they have two axes, whatever the graph gave: N x C x 1 x 1 is common.
        graph.Node.Add(Node("Flatten", First(graph, output.Features), ModelPackage.EmbeddingName));
        graph.Node.Add(Node("Flatten", First(graph, output.Name), withSoftmax ? ScoreName : ModelPackage.ProbabilityName));
        if (withSoftmax)
        {
            graph.Node.Add(Node("Softmax", ScoreName, ModelPackage.ProbabilityName, Axis(1)));
        }
        // Shapes that were declared for one picture would contradict an open axis.
        graph.ValueInfo.Clear();
        Declare(graph, openBatch, labels, embeddingLength);
        return model;
    }

    /// <summary>What a value of the foreign graph is called in the adapted one.</summary>
    private static string Own(string value) =>
        value is ModelPackage.InputName or ModelPackage.ProbabilityName or ModelPackage.EmbeddingName ? Prefix + value : value;

    private void Repeat(GraphProto graph)
    {
        var node = Node("Concat", ModelPackage.InputName, PictureName, Axis(0));
        node.Input.Add(Enumerable.Repeat(ModelPackage.InputName, Together - 1));
        graph.Node.Insert(0, node);
        graph.Initializer.Add(
            new TensorProto { Name = FirstName, DataType = WholeNumbers, Dims = { 1 }, RawData = ByteString.CopyFrom(new byte[8]) });
    }

    /// <summary>A value of the foreign graph, of its first picture where it has several.</summary>
    private string First(GraphProto graph, string value)
    {
        if (Together == 1)
            return Own(value);
        var first = Prefix + "first." + value;
        // The same value may be scores and features.
        if (graph.Node.Any(node => node.Output.Contains(first)))
            return first;
        var node = Node("Gather", Own(value), first, Axis(0));
        node.Input.Add(FirstName);
        graph.Node.Add(node);
        return first;
    }

    private static AttributeProto Axis(int axis) => new() { Name = "axis", I = axis, Type = AttributeProto.Types.AttributeType.Int };

    private static void FreeNames(GraphProto graph)
    {
        foreach (var node in graph.Node)
        {
            Replace(node.Input);
            Replace(node.Output);
        }
        foreach (var weight in graph.Initializer)
            weight.Name = Own(weight.Name);
        foreach (var declared in graph.Input)
            declared.Name = Own(declared.Name);

        static void Replace(IList<string> values)
        {
            for (var i = 0; i < values.Count; i++)
                values[i] = Own(values[i]);
        }
    }

    private void Declare(GraphProto graph, bool openBatch, int labels, int embeddingLength)
    {
        var declared = graph.Input.Single(value => value.Name == Own(input.Name));
        graph.Input.Insert(graph.Input.IndexOf(declared), Value(ModelPackage.InputName, openBatch, 3, side, side));
        graph.Input.Remove(declared);
        graph.Output.Clear();
        graph.Output.Add(Value(ModelPackage.ProbabilityName, openBatch, labels));
        graph.Output.Add(Value(ModelPackage.EmbeddingName, openBatch, embeddingLength));
    }

    private static NodeProto Node(string type, string from, string to, params AttributeProto[] attributes) => new()
    {
        Name = $"{Prefix}{type}.{to}",
        OpType = type,
        Input = { from },
        Output = { to },
        Attribute = { attributes },
    };

    private static ValueInfoProto Value(string name, bool openBatch, params ReadOnlySpan<int> axes)
    {
        var shape = new TensorShapeProto();
        shape.Dim.Add(
            openBatch
                ? new TensorShapeProto.Types.Dimension { DimParam = OpenAxis }
                : new TensorShapeProto.Types.Dimension { DimValue = 1 });
        foreach (var axis in axes)
            shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimValue = axis });
        return new ValueInfoProto
        {
            Name = name,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = OnnxModel.Float32, Shape = shape } },
        };
    }
}
