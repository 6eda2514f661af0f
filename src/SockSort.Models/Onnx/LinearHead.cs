using SockSort.Models.Package;

namespace SockSort.Models.Onnx;

/// <summary>A softmax regression on a backbone's embedding, and how it becomes part of the backbone's graph.</summary>
/// <param name="Weights">Row-major <c>[Classes, Width]</c>.</param>
/// <param name="Bias">One a class.</param>
public sealed record LinearHead(float[] Weights, float[] Bias)
{
    /// <summary>Number of classes.</summary>
    public int Classes => Bias.Length;

    /// <summary>Length of the embedding that it reads.</summary>
    public int Width => Weights.Length / Bias.Length;

    /// <summary>The same head whose scores are divided by a temperature: below 1 its probabilities become surer.</summary>
    public LinearHead Sharpened(double temperature) =>
        new([.. Weights.Select(weight => (float)(weight / temperature))], [.. Bias.Select(bias => (float)(bias / temperature))]);

    /// <summary>
    /// A new model: the backbone, then Gemm and Softmax. Outputs <c>probability</c> (N x classes) and <c>embedding</c>
    /// (N x width); the backbone itself is left as it is.
    /// </summary>
    /// <exception cref="ModelException">
    /// The backbone lacks the input <c>image</c> or an output <c>embedding</c> of this head's width.
    /// </exception>
    public OnnxModel AppendTo(OnnxModel backbone)
    {
        backbone.RequireInput(ModelPackage.InputName);
        var width = backbone.OutputWidth(ModelPackage.EmbeddingName);
        if (width != Width || Weights.Length != Classes * Width)
            throw ModelErrors.WrongShape(backbone.File, ModelPackage.EmbeddingName, ["N", $"{width}"], $"N x {Width}, as the head reads");
        var model = backbone.Copy();
        model.Proto.ProducerName = "socksort";
        AddNodes(model.Proto.Graph);
        return model;
    }

    private void AddNodes(GraphProto graph)
    {
        graph.Initializer.Add(GraphParts.Tensor("head.weight", [Classes, Width], Weights));
        graph.Initializer.Add(GraphParts.Tensor("head.bias", [Classes], Bias));
        graph.Node.Add(new NodeProto
        {
            Name = "head",
            OpType = "Gemm",
            Input = { ModelPackage.EmbeddingName, "head.weight", "head.bias" },
            Output = { "logit" },
            Attribute = { GraphParts.Whole("transB", 1) },
        });
        graph.Node.Add(new NodeProto
        {
            Name = "softmax",
            OpType = "Softmax",
            Input = { "logit" },
            Output = { ModelPackage.ProbabilityName },
            Attribute = { GraphParts.Whole("axis", 1) },
        });
        graph.Output.Insert(0, new ValueInfoProto { Name = ModelPackage.ProbabilityName, Type = GraphParts.Matrix(Classes) });
    }
}
