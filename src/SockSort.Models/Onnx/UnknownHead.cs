using System.Numerics.Tensors;
using SockSort.Models.Package;

namespace SockSort.Models.Onnx;

/// <summary>
/// How little a picture is like any class, 0..1, as nodes of the graph, so that every program that runs the model gets the same number. For
/// each class the logarithms of its distances are weighed and added; the least sum of all classes counts, less a share of their mean, and a
/// logistic function makes it a number from 0 to 1.
/// </summary>
/// <param name="Parts">Distances in several values of the graph, and the weight of their logarithms. All have the same classes.</param>
/// <param name="Middle">What becomes 0.5.</param>
/// <param name="Slope">How fast the number grows there; above 0.</param>
public sealed record UnknownHead(IReadOnlyList<(ClassDistances Distances, float Weight)> Parts, float Middle, float Slope)
{
    /// <summary>Squared distances below count as this: also a picture that is its class's mean itself has a logarithm.</summary>
    public const float LeastDistance = 1e-3f;

    private const string Prefix = "unknown.";

    /// <summary>
    /// Share of the mean of all classes' sums that is taken off the least one, 0 to 1: light and turns move a picture away from all of
    /// them. Default 0.
    /// </summary>
    public float Relative { get; init; }

    // ONNX Operators, ReduceMin and ReduceMean: their axes are an attribute up to opset 17 and an input from 18 on.
    private const long AxesAreInput = 18;

    /// <summary>A new model with one output more, <c>unknown</c> (N x 1); the given one is left as it is.</summary>
    public OnnxModel AppendTo(OnnxModel model)
    {
        var whole = model.Copy();
        var graph = whole.Proto.Graph;
        for (var part = 0; part < Parts.Count; part++)
            AddPart(graph, part);
        var opset = whole.Proto.OpsetImport.FirstOrDefault(set => set.Domain.Length == 0)?.Version ?? 1;
        if (opset >= AxesAreInput)
            graph.Initializer.Add(GraphParts.WholeNumbers(Prefix + "axes", [1]));
        var score = Reduced(graph, "ReduceMin", "least", opset);
        if (Relative != 0)
        {
            var mean = Reduced(graph, "ReduceMean", "mean", opset);
            Add(graph, "Mul", [mean, Constant(graph, "relative", [1], [Relative])], Prefix + "share");
            Add(graph, "Sub", [score, Prefix + "share"], score = Prefix + "nearer");
        }
        Add(graph, "Sub", [score, Constant(graph, "middle", [1], [Middle])], Prefix + "above");
        Add(graph, "Mul", [Prefix + "above", Constant(graph, "slope", [1], [Slope])], Prefix + "logit");
        Add(graph, "Sigmoid", [Prefix + "logit"], ModelPackage.UnknownName);
        graph.Output.Add(new ValueInfoProto { Name = ModelPackage.UnknownName, Type = GraphParts.Matrix(1) });
        return whole;
    }

    /// <summary>The weighed logarithms of one value's distances, added to those before.</summary>
    private void AddPart(GraphProto graph, int part)
    {
        var (distances, weight) = Parts[part];
        var name = $"{part}.";
        var value = distances.Value;
        if (distances.IsMap)
        {
            Add(graph, "GlobalAveragePool", [value], Prefix + name + "mean");
            Add(graph, "Flatten", [Prefix + name + "mean"], value = Prefix + name + "flat");
        }
        AddDistances(graph, name, value, distances);
        Add(graph, "Max", [Prefix + name + "distance", Constant(graph, name + "least", [1], [LeastDistance])], Prefix + name + "positive");
        Add(graph, "Log", [Prefix + name + "positive"], Prefix + name + "log");
        var sum = part == 0 ? Prefix + name + "sum" : Prefix + name + "weighed";
        Add(graph, "Mul", [Prefix + name + "log", Constant(graph, name + "weight", [1], [weight])], sum);
        if (part > 0)
            Add(graph, "Add", [$"{Prefix}{part - 1}.sum", sum], Prefix + name + "sum");
    }

    /// <summary>N x classes. Squares are multiplied out, so that four matrix products give the distances to all classes.</summary>
    private static void AddDistances(GraphProto graph, string name, string value, ClassDistances from)
    {
        var (width, classes, axes) = (from.Width, from.Classes, from.Axes.Length / from.Width);
        var (means, places, constant) = (new float[classes * width], new float[classes * axes], new float[classes]);
        for (var known = 0; known < classes; known++)
        {
            var mean = means.AsSpan(known * width, width);
            var place = places.AsSpan(known * axes, axes);
            TensorPrimitives.Subtract(from.Means.AsSpan(known * width, width), from.Centre, mean);
            for (var axis = 0; axis < axes; axis++)
                place[axis] = TensorPrimitives.Dot<float>(mean, from.Axes.AsSpan(axis * width, width));
            constant[known] = from.Rest * TensorPrimitives.SumOfSquares<float>(mean)
                + from.Gain * TensorPrimitives.SumOfSquares<float>(place);
        }
        TensorPrimitives.Multiply(means, -2 * from.Rest, means);
        TensorPrimitives.Multiply(places, -2 * from.Gain, places);
        var (centred, along) = (Prefix + name + "centred", Prefix + name + "along");
        Add(graph, "Sub", [value, Constant(graph, name + "centre", [width], from.Centre)], centred);
        Add(graph, "Mul", [centred, centred], centred + ".square");
        Add(graph, "Gemm", [centred, Constant(graph, name + "axes", [axes, width], from.Axes)], along, GraphParts.Whole("transB", 1));
        Add(graph, "Mul", [along, along], along + ".square");
        var start = Constant(graph, name + "constant", [classes], constant);
        var all = Product(graph, name + "all", centred + ".square", Same(from.Rest, classes * width), classes, start);
        all = Product(graph, name + "means", centred, means, classes, all);
        all = Product(graph, name + "squares", along + ".square", Same(from.Gain, classes * axes), classes, all);
        _ = Product(graph, name + "distance", along, places, classes, all);
    }

    private static float[] Same(float value, int count)
    {
        var values = new float[count];
        values.AsSpan().Fill(value);
        return values;
    }

    /// <summary>Of all classes' sums.</summary>
    private string Reduced(GraphProto graph, string type, string name, long opset)
    {
        var sums = $"{Prefix}{Parts.Count - 1}.sum";
        if (opset >= AxesAreInput)
            Add(graph, type, [sums, Prefix + "axes"], Prefix + name);
        else
            Add(graph, type, [sums], Prefix + name, GraphParts.Wholes("axes", 1));
        return Prefix + name;
    }

    /// <returns>Name of what comes out: the value times the weights, and what was there before.</returns>
    private static string Product(GraphProto graph, string name, string value, float[] weights, int rows, string before)
    {
        var constant = Constant(graph, name + ".weight", [rows, weights.Length / rows], weights);
        Add(graph, "Gemm", [value, constant, before], Prefix + name, GraphParts.Whole("transB", 1));
        return Prefix + name;
    }

    private static string Constant(GraphProto graph, string name, long[] shape, float[] values)
    {
        graph.Initializer.Add(GraphParts.Tensor(Prefix + name, shape, values));
        return Prefix + name;
    }

    private static void Add(GraphProto graph, string type, string[] from, string to, params AttributeProto[] attributes) =>
        graph.Node.Add(new NodeProto { Name = to, OpType = type, Input = { from }, Output = { to }, Attribute = { attributes } });
}
