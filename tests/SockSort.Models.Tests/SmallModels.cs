using SockSort.Models.Onnx;
using SockSort.Models.Package;
using SockSort.Testing;

namespace SockSort.Models.Tests;

/// <summary>Models that tests choose the head of, quick to write and to run.</summary>
internal static class SmallModels
{
    /// <summary>Width of <see cref="Backbone()"/>'s embedding.</summary>
    public const int Width = 3;

    /// <summary>The embedding is the mean of red, green and blue, as the preprocessing scales them.</summary>
    public static OnnxModel Backbone() => Backbone("N", "H");

    /// <param name="count">A number for a fixed axis, a text for an open one.</param>
    /// <param name="side">Height and width, likewise.</param>
    public static OnnxModel Backbone(object count, object side) => OnnxModel.Parse(
        OnnxText.Model(
            [new NodeProto { OpType = "GlobalAveragePool", Input = { "image" }, Output = { "mean" } },
             new NodeProto { OpType = "Flatten", Input = { "mean" }, Output = { "embedding" } }],
            input: OnnxText.Value("image", count, 3, side, side),
            output: OnnxText.Value("embedding", count, Width)),
        "small.onnx");

    /// <summary>Says nothing of the pictures' size, and takes those of one pixel only.</summary>
    public static OnnxModel BackboneOfOnePixel() => OnnxModel.Parse(
        OnnxText.Model(
            [new NodeProto
            {
                OpType = "Constant",
                Output = { "axes" },
                Attribute = { new AttributeProto { Name = "value_ints", Type = AttributeProto.Types.AttributeType.Ints, Ints = { 2, 3 } } },
            },
            new NodeProto { OpType = "Squeeze", Input = { "image", "axes" }, Output = { "embedding" } }],
            input: OnnxText.Value("image", "N", 3, "H", "W"),
            output: OnnxText.Value("embedding", "N", Width)),
        "small.onnx");

    public static OnnxModel RealBackbone() => OnnxModel.Read(Repository.PathOf("models/efficientnet-lite0.onnx"));

    /// <summary>A head whose class k gets the k-th of <paramref name="bias"/> whatever the picture.</summary>
    public static LinearHead ConstantHead(params float[] bias) => new(new float[bias.Length * Width], bias);

    public static ModelPackage Package(params string[] labels) =>
        Package(ConstantHead([.. labels.Select((_, index) => (float)index)]), labels);

    public static ModelPackage Package(LinearHead head, params string[] labels) => new(head.AppendTo(Backbone()).ToBytes(), Card(labels));

    public static ModelCard Card(params string[] labels) => new()
    {
        Input = new ModelInput { Size = 224 },
        Classes = [.. labels.Select(label => new ModelClass(label, "class-" + label.ToLowerInvariant()))],
    };
}
