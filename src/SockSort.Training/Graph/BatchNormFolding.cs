using SockSort.Models.Onnx;

namespace SockSort.Training.Graph;

/// <summary>
/// Takes batch normalisation into the convolution before it: the network computes the same, and a small batch cannot
/// disturb statistics that are no longer there.
/// </summary>
internal static class BatchNormFolding
{
    /// <summary>Changes the graph; normalisation that does not directly follow a convolution stays.</summary>
    public static void Fold(GraphProto graph)
    {
        var constants = Constants.Of(graph);
        var uses = graph.Node.SelectMany(node => node.Input).GroupBy(name => name).ToDictionary(group => group.Key, group => group.Count());
        foreach (var output in graph.Output)
            uses[output.Name] = uses.GetValueOrDefault(output.Name) + 1;
        var producers = graph.Node.SelectMany(node => node.Output.Select(output => (output, node)))
            .ToDictionary(made => made.output, made => made.node);
        foreach (var norm in graph.Node.Where(node => node.OpType == "BatchNormalization").ToArray())
        {
            if (producers.GetValueOrDefault(norm.Input[0]) is not { OpType: "Conv" } conv || uses[norm.Input[0]] != 1
                || !IsFoldable(conv, norm, constants, uses))
                continue;
            FoldInto(conv, norm, graph, constants);
            conv.Output[0] = norm.Output[0];
            producers[norm.Output[0]] = conv;
            _ = graph.Node.Remove(norm);
        }
    }

    private static bool IsFoldable(
        NodeProto conv, NodeProto norm, Dictionary<string, TensorProto> constants, Dictionary<string, int> uses) =>
        conv.Input.Skip(1).Concat(norm.Input.Skip(1)).All(constants.ContainsKey) && conv.Input.Skip(1).All(name => uses[name] == 1);

    private static void FoldInto(NodeProto conv, NodeProto norm, GraphProto graph, Dictionary<string, TensorProto> constants)
    {
        var weight = constants[conv.Input[1]];
        var values = OnnxTensors.Floats(weight);
        var (scale, shift, mean, variance) = (Of(1), Of(2), Of(3), Of(4));
        var epsilon = norm.Attribute.FirstOrDefault(attribute => attribute.Name == "epsilon")?.F ?? 1e-5f;
        var bias = conv.Input.Count > 2 ? OnnxTensors.Floats(constants[conv.Input[2]]) : new float[scale.Length];
        var each = values.Length / scale.Length;
        for (var channel = 0; channel < scale.Length; channel++)
        {
            var factor = scale[channel] / Math.Sqrt(variance[channel] + (double)epsilon);
            foreach (ref var value in values.AsSpan(channel * each, each))
                value = (float)(value * factor);
            bias[channel] = (float)((bias[channel] - mean[channel]) * factor + shift[channel]);
        }
        OnnxTensors.Replace(weight, values);
        SetBias(conv, bias, graph, constants);

        float[] Of(int input) => OnnxTensors.Floats(constants[norm.Input[input]]);
    }

    private static void SetBias(NodeProto conv, float[] bias, GraphProto graph, Dictionary<string, TensorProto> constants)
    {
        if (conv.Input.Count <= 2)
        {
            var added = new TensorProto { Name = conv.Input[1] + ".bias", DataType = OnnxModel.Float32, Dims = { bias.Length } };
            graph.Initializer.Add(added);
            constants[added.Name] = added;
            conv.Input.Add(added.Name);
        }
        OnnxTensors.Replace(constants[conv.Input[2]], bias);
    }
}
