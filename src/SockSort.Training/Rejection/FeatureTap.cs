using SockSort.Models.Onnx;
using SockSort.Models.Package;
using SockSort.Training.Graph;

namespace SockSort.Training.Rejection;

/// <summary>
/// The values of a network that say how like the classes a picture is: what the last block gives, its mean over the picture, and the
/// embedding. The block's values have not yet been bent to tell the classes apart as much as the embedding, so a sock of no class stands
/// out in them also where the embedding takes it for one.
/// </summary>
internal sealed class FeatureTap
{
    private const string PlainEmbedding = "socksort.tap.embedding";
    private const string Mean = "socksort.tap.mean";
    private const string Flat = "socksort.tap.flat";

    private readonly OnnxModel _model;

    /// <param name="model">Input <c>image</c>, output <c>embedding</c>; not changed.</param>
    /// <param name="side">Pixels a side of its pictures.</param>
    public FeatureTap(OnnxModel model, int side)
    {
        _model = model;
        var ends = new GraphBlocks(model.Proto.Graph).Ends;
        var (map, width) = ends.Count == 0 ? (null, 0) : MapAt(model, ends[^1], side);
        var embedding = new TappedValue(ModelPackage.EmbeddingName, IsMap: false, width, model.OutputWidth(ModelPackage.EmbeddingName));
        Values = map is null ? [embedding] : [new TappedValue(map, IsMap: true, 0, width), embedding];
    }

    /// <summary>In the order in which a row of <see cref="Joined"/>'s embedding has them.</summary>
    public IReadOnlyList<TappedValue> Values { get; }

    /// <summary>The network with another embedding: all values, one after another.</summary>
    public OnnxModel Joined()
    {
        var model = _model.Copy();
        if (Values is not [{ IsMap: true } map, var embedding])
            return model;
        var graph = model.Proto.Graph;
        foreach (var node in graph.Node)
        {
            Rename(node.Input);
            Rename(node.Output);
        }
        graph.Node.Add(new NodeProto { OpType = "GlobalAveragePool", Input = { map.Name }, Output = { Mean } });
        graph.Node.Add(new NodeProto { OpType = "Flatten", Input = { Mean }, Output = { Flat } });
        graph.Node.Add(
            new NodeProto
            {
                OpType = "Concat",
                Input = { Flat, PlainEmbedding },
                Output = { ModelPackage.EmbeddingName },
                Attribute = { new AttributeProto { Name = "axis", I = 1, Type = AttributeProto.Types.AttributeType.Int } },
            });
        var output = graph.Output.First(value => value.Name == ModelPackage.EmbeddingName);
        output.Type.TensorType.Shape.Dim[1] = new TensorShapeProto.Types.Dimension { DimValue = map.Width + embedding.Width };
        return model;
    }

    /// <summary>Nothing where the node gives no map of the picture.</summary>
    private static (string? Name, int Width) MapAt(OnnxModel model, int node, int side)
    {
        using var part = new FrozenPart(model, node + 1, threads: 1, side);
        return part.Shape is [var width, _, _] ? (model.Proto.Graph.Node[node].Output[0], (int)width) : (null, 0);
    }

    private static void Rename(IList<string> values)
    {
        for (var i = 0; i < values.Count; i++)
        {
            if (values[i] == ModelPackage.EmbeddingName)
                values[i] = PlainEmbedding;
        }
    }
}

/// <param name="Name">Of the value in the graph.</param>
/// <param name="IsMap">Whether its mean over the picture counts.</param>
/// <param name="First">Where its numbers begin in a row.</param>
/// <param name="Width">How many they are.</param>
internal sealed record TappedValue(string Name, bool IsMap, int First, int Width);
