using SockSort.Models.Inference;
using SockSort.Models.Onnx;
using SockSort.Training.Graph;
using static SockSort.Training.Tests.Graph.SmallGraph;
using static TorchSharp.torch;

namespace SockSort.Training.Tests.Graph;

/// <summary>Each operator in torch against ONNX Runtime, and back: what was written back runs there as it did in torch.</summary>
public class OperatorTests
{
    private static readonly Dictionary<string, Func<OnnxModel>> Graphs = new()
    {
        ["Conv, groups, stride, padding on one side"] = () => Begin().Conv(3, 6, 3, stride: 2, groups: 3, pads: [0, 0, 1, 1]).End(6),
        ["Conv, SAME_UPPER"] = () => Begin().Node("Conv", ["", "$4x3x3x3"], Wholes("strides", 2, 2), Text("auto_pad", "SAME_UPPER")).End(4),
        ["Conv, dilation, no bias"] = () =>
            Begin().Node("Conv", ["", "$4x3x3x3"], Wholes("dilations", 2, 2), Wholes("pads", 2, 2, 2, 2)).End(4),
        ["depthwise"] = () =>
            Begin().Conv(3, 16, 1).Conv(16, 16, 5, stride: 2, groups: 16, pads: [1, 1, 2, 2]).Node("Clip", ["", "=0", "=6"]).End(16),
        ["Clip without an upper bound"] = () => Begin().Conv(3, 4, 1).Node("Clip", ["", "=0.1"]).End(4),
        ["residual"] = () => Residual(Begin().Conv(3, 8, 3).Node("Relu")).End(8),
        ["MaxPool, padding"] = () =>
            Begin().Conv(3, 4, 3).Node("MaxPool", Wholes("kernel_shape", 3, 3), Wholes("strides", 2, 2), Wholes("pads", 1, 1, 1, 1)).End(4),
        ["MaxPool, padding on one side"] = () =>
            Begin().Node("MaxPool", Wholes("kernel_shape", 3, 3), Wholes("strides", 2, 2), Wholes("pads", 0, 0, 1, 1)).End(3),
        ["AveragePool"] = () =>
            Begin().Node("AveragePool", Wholes("kernel_shape", 3, 3), Wholes("strides", 2, 2), Wholes("pads", 1, 1, 1, 1)).End(3),
        ["BatchNormalization behind Conv"] = () =>
            Begin().Node("Conv", ["", "$4x3x1x1"]).Node("BatchNormalization", ["", "$4", "$4", "$4", "$4"]).Node("Relu").End(4),
        ["BatchNormalization before Conv"] = () => Begin().Node("BatchNormalization", ["", "$3", "$3", "$3", "$3"]).Conv(3, 4, 1).End(4),
        ["squeeze and excitation"] = () => SqueezeAndExcitation(Begin().Conv(3, 8, 3)).End(8),
        ["HardSwish"] = () => Begin().Conv(3, 4, 1).Node("HardSwish").End(4),
        ["HardSigmoid"] = () => Begin().Conv(3, 4, 1).Node("HardSigmoid", Number("alpha", 0.1666f)).End(4),
        ["LeakyRelu, Tanh"] = () => Begin().Conv(3, 4, 1).Node("LeakyRelu", Number("alpha", 0.3f)).Node("Tanh").End(4),
        ["Concat"] = () => Concat(Begin().Conv(3, 4, 1)).End(7),
        ["Gemm"] = () =>
            Begin()
                .Node("GlobalAveragePool")
                .Node("Flatten")
                .Node("Gemm", ["", "$5x3", "$5"], Whole("transB", 1), Number("alpha", 0.5f))
                .Done(5),
        ["MatMul, Add"] = () => Begin().Node("GlobalMaxPool").Node("Flatten").Node("MatMul", ["", "$3x5"]).Node("Add", ["", "$5"]).Done(5),
        ["ReduceMean, Identity, Dropout"] = () =>
            Begin().Node("Identity").Node("ReduceMean", Wholes("axes", 2, 3), Whole("keepdims", 0)).Node("Dropout").Done(3),
        ["ReduceMean, Squeeze"] = () => Begin().Node("ReduceMean", Wholes("axes", -1, -2)).Node("Squeeze", ["", "#2,3"]).Done(3),
        ["Reshape"] = () => Begin().Node("GlobalAveragePool").Node("Reshape", ["", "#0,-1"]).Done(3),
        ["Sub, Mul, Div"] = () => Begin().Node("Sub", ["", "=0.25"]).Node("Mul", ["", "=3"]).Node("Div", ["", "=7"]).End(3),
    };

    public static TheoryData<string> Names => [.. Graphs.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Torch_computes_what_ONNX_Runtime_computes_before_and_after_a_change(string name)
    {
        var model = Graphs[name]();
        BatchNormFolding.Fold(model.Proto.Graph);
        using var part = new TorchPart(model, 0);

        var before = (Torch: Torch(part, out var tape), Onnx: Onnx(Graphs[name]()));
        tape.Dispose();
        foreach (var (_, value) in part.Parameters)
        {
            using var plain = no_grad();
            value.mul_(1.5);
        }
        var after = (Torch: Torch(part, out tape), Onnx: Onnx(part.WriteBack(model)));
        tape.Dispose();

        AssertClose(before.Onnx, before.Torch);
        AssertClose(after.Onnx, after.Torch);
    }

    [Theory]
    [InlineData("LSTM")]
    [InlineData("Resize")]
    public void An_operator_that_is_unknown_is_named_with_its_node(string op)
    {
        var model = Begin().Conv(3, 4, 1).Node(op).End(4);

        var error = Assert.Throws<TrainingException>(() => new TorchPart(model, 0));

        Assert.StartsWith(
            $"small.onnx: operator '{op}' of node '{op.ToLowerInvariant()}1' cannot be trained, known are Add, AveragePool, ",
            error.Message);
    }

    [Fact]
    public void A_form_that_is_unknown_is_named_with_its_node()
    {
        var model = Begin().Node("MaxPool", Wholes("kernel_shape", 2, 2), Whole("ceil_mode", 1)).End(3);

        var error = Assert.Throws<TrainingException>(() => new TorchPart(model, 0));

        Assert.StartsWith("node 'maxpool0': MaxPool with ceil_mode 1 cannot be trained", error.Message);
    }

    private static SmallGraph Residual(SmallGraph graph)
    {
        var shortcut = graph.Last;
        return graph.Conv(8, 8, 3).Node("Add", ["", shortcut]).Node("Relu");
    }

    private static SmallGraph SqueezeAndExcitation(SmallGraph graph)
    {
        var all = graph.Last;
        return graph.Node("GlobalAveragePool").Conv(8, 2, 1).Node("Relu").Conv(2, 8, 1).Node("Sigmoid").Node("Mul", ["", all]);
    }

    private static SmallGraph Concat(SmallGraph graph) => graph.Node("Concat", ["", "image"], Whole("axis", 1));

    private static float[] Torch(TorchPart part, out DepthwiseTape tape)
    {
        using var input = tensor(Image(), [2, 3, 32, 32]);
        tape = new DepthwiseTape();
        using var embedding = part.Forward(input, tape);
        return [.. embedding.contiguous().data<float>()];
    }

    private static float[] Onnx(OnnxModel model)
    {
        using var backbone = new Backbone(model, new InferenceOptions { Threads = 1 });
        using var batch = backbone.CreateBatch(2, 32);
        Image().AsSpan(0, 3 * 32 * 32).CopyTo(batch.Image(0));
        Image().AsSpan(3 * 32 * 32).CopyTo(batch.Image(1));
        batch.Run();
        return [.. batch.Embedding(0), .. batch.Embedding(1)];
    }

    private static float[] Image()
    {
        var random = new Random(5);
        return [.. Enumerable.Range(0, 2 * 3 * 32 * 32).Select(_ => random.NextSingle() * 2 - 1)];
    }

    private static void AssertClose(float[] wanted, float[] values)
    {
        Assert.Equal(wanted.Length, values.Length);
        Assert.All(wanted, (value, i) => Assert.Equal(value, values[i], 1e-4 * Math.Max(1, Math.Abs(value))));
    }
}
