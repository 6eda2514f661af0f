using SockSort.Models.Onnx;

namespace SockSort.Training.Graph;

/// <summary>The values of a graph that are the same for every picture: initialisers and what Constant nodes hold.</summary>
internal static class Constants
{
    public static HashSet<string> NamesOf(GraphProto graph) => [.. Of(graph).Keys];

    public static Dictionary<string, TensorProto> Of(GraphProto graph)
    {
        var constants = graph.Initializer.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        foreach (var node in graph.Node.Where(node => node.OpType == "Constant"))
        {
            if (node.Attribute.FirstOrDefault(attribute => attribute.Name == "value") is { T: { } value })
                constants[node.Output[0]] = value;
        }
        return constants;
    }
}
