using Google.Protobuf;
using SockSort.Edge.Tests.Cameras;
using SockSort.Models.Inference;
using SockSort.Models.Onnx;
using SockSort.Models.Package;

namespace SockSort.Edge.Tests.Loop;

/// <summary>
/// A whole model package, run by ONNX Runtime as any other, that tells <see cref="Pictures.Colours"/> apart by their mean colour.
/// </summary>
internal static class ColourModel
{
    /// <summary>In the order of <see cref="Pictures.Colours"/>.</summary>
    public static readonly string[] Labels = ["Google", "Confluent", "Mongo", "Blank"];

    private const int Sharpness = 4;

    public static Classifier Open() => new(Package());

    public static ModelPackage Package() => Package(Labels);

    /// <param name="labels">What the four colours are called.</param>
    public static ModelPackage Package(IEnumerable<string> labels) => new(Head().AppendTo(MeanColour()).ToBytes(), new ModelCard
    {
        Input = new ModelInput { Size = 32 },
        Classes = [.. labels.Select(label => new ModelClass(label, "class-" + label.ToLowerInvariant()))],
    });

    /// <summary>Nearest centroid as a linear layer: <c>c.x - c.c / 2</c>.</summary>
    private static LinearHead Head()
    {
        var centres = Pictures.Colours.Select(colour => new[] { Scaled(colour.Red), Scaled(colour.Green), Scaled(colour.Blue) }).ToArray();
        return new LinearHead(
            [.. centres.SelectMany(centre => centre.Select(value => value * Sharpness))],
            [.. centres.Select(centre => -Sharpness / 2f * centre.Sum(value => value * value))]);
    }

    private static float Scaled(byte value) => (value - 127) / 128f;

    private static OnnxModel MeanColour() => OnnxModel.Parse(
        new ModelProto
        {
            IrVersion = 8,
            OpsetImport = { new OperatorSetIdProto { Domain = "", Version = 17 } },
            Graph = new GraphProto
            {
                Name = "mean-colour",
                Node =
                {
                    new NodeProto { OpType = "GlobalAveragePool", Input = { "image" }, Output = { "mean" } },
                    new NodeProto { OpType = "Flatten", Input = { "mean" }, Output = { "embedding" } },
                },
                Input = { Value("image", Axis("N"), Axis(3), Axis("H"), Axis("W")) },
                Output = { Value("embedding", Axis("N"), Axis(3)) },
            },
        }.ToByteArray(),
        "mean-colour.onnx");

    private static TypeProto.Types.Tensor Tensor(TensorShapeProto.Types.Dimension[] axes) =>
        new() { ElemType = 1, Shape = new TensorShapeProto { Dim = { axes } } };

    private static ValueInfoProto Value(string name, params TensorShapeProto.Types.Dimension[] axes) =>
        new() { Name = name, Type = new TypeProto { TensorType = Tensor(axes) } };

    private static TensorShapeProto.Types.Dimension Axis(int length) => new() { DimValue = length };

    private static TensorShapeProto.Types.Dimension Axis(string name) => new() { DimParam = name };
}
