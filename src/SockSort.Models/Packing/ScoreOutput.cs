using SockSort.Models.Onnx;
using SockSort.Models.Package;

namespace SockSort.Models.Packing;

/// <summary>The output of a foreign graph that has one score a label, and the features that the scores are made of.</summary>
/// <param name="Name">Of the scores.</param>
/// <param name="Features">What the last linear layer reads; the scores themselves where there is no such layer.</param>
internal sealed record ScoreOutput(string Name, string Features)
{
    // What may stand between the last linear layer and the output.
    private static readonly string[] Passing = ["Softmax", "LogSoftmax", "Identity", "Add", "Flatten", "Reshape", "Squeeze"];

    /// <exception cref="ModelException">No output of this name, or several and none is named.</exception>
    public static ScoreOutput Find(OnnxModel model, string? named)
    {
        string[] outputs = [.. model.Proto.Graph.Output.Select(output => output.Name)];
        var only = outputs.Length == 1 ? outputs[0] : null;
        var name = named ?? (outputs.Contains(ModelPackage.ProbabilityName) ? ModelPackage.ProbabilityName : only);
        if (name is null)
            throw ModelErrors.SeveralOutputs(model.File, outputs);
        if (!outputs.Contains(name))
            throw ModelErrors.NoValue(model.File, "output", name, outputs);
        var producers = model.Proto.Graph.Node.SelectMany(node => node.Output.Select(value => (value, node)))
            .GroupBy(pair => pair.value, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.First().node, StringComparer.Ordinal);
        if (producers.TryGetValue(name, out var last) && last.OpType == "Sigmoid")
            throw ModelErrors.Sigmoid(model.File, name);
        return new ScoreOutput(name, FeaturesOf(model.Proto.Graph, producers, name) ?? name);
    }

    private static string? FeaturesOf(GraphProto graph, Dictionary<string, NodeProto> producers, string value)
    {
        var weights = graph.Initializer.Select(tensor => tensor.Name).ToHashSet(StringComparer.Ordinal);
        while (producers.TryGetValue(value, out var node))
        {
            if (node.OpType is "Gemm" or "MatMul")
                return weights.Contains(node.Input[1]) ? node.Input[0] : null;
            if (!Passing.Contains(node.OpType))
                return null;
            // A bias may be the first operand of an Add.
            value = node.Input.First(input => !weights.Contains(input));
        }
        return null;
    }
}
