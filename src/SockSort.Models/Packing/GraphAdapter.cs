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

    /// <param name="openBatch">Any number of pictures a run; else one.</param>
    /// <param name="withSoftmax">The scores are no shares of 1 yet.</param>
    /// <param name="labels">Width of the scores.</param>
    /// <param name="embeddingLength">Width of the features.</param>
    public OnnxModel Adapt(bool openBatch, bool withSoftmax, int labels, int embeddingLength)
    {
        var model = OnnxModel.Parse(foreign.ToBytes(), foreign.File);
        var graph = model.Proto.Graph;
        model.Proto.ProducerName = "socksort";
        FreeNames(graph);
        graph.Node.Insert(0, input.ChannelsLast
            ? Node(
                "Transpose", ModelPackage.InputName, Own(input.Name),
                new AttributeProto { Name = "perm", Ints = { 0, 2, 3, 1 }, Type = AttributeProto.Types.AttributeType.Ints })
            : Node("Identity", ModelPackage.InputName, Own(input.Name)));
        // Flattened they have two axes, whatever the graph gave: N x C x 1 x 1 is common.
        graph.Node.Add(Node("Flatten", Own(output.Features), ModelPackage.EmbeddingName));
        graph.Node.Add(Node("Flatten", Own(output.Name), withSoftmax ? ScoreName : ModelPackage.ProbabilityName));
        if (withSoftmax)
        {
            var axis = new AttributeProto { Name = "axis", I = 1, Type = AttributeProto.Types.AttributeType.Int };
            graph.Node.Add(Node("Softmax", ScoreName, ModelPackage.ProbabilityName, axis));
        }
        // Shapes that were declared for one picture would contradict an open axis.
        graph.ValueInfo.Clear();
        Declare(graph, openBatch, labels, embeddingLength);
        return model;
    }

    /// <summary>What a value of the foreign graph is called in the adapted one.</summary>
    private static string Own(string value) =>
        value is ModelPackage.InputName or ModelPackage.ProbabilityName or ModelPackage.EmbeddingName ? Prefix + value : value;

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
