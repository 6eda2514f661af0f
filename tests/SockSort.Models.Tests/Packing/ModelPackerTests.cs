using SockSort.Imaging;
using SockSort.Models.Inference;
using SockSort.Models.Onnx;
using SockSort.Models.Package;
using SockSort.Models.Packing;
using SockSort.Testing;

namespace SockSort.Models.Tests.Packing;

public class ModelPackerTests
{
    private static readonly string[] Colours = ["red", "green", "blue"];
    private static readonly PackOptions Options = new() { Input = new ModelInput { Size = 0, Mean = 0, Scale = 255 } };
    private static readonly NodeProto Mean = Node("GlobalAveragePool", "x", "mean");

    [Fact]
    public void A_graph_that_gives_scores_is_packed_with_a_softmax_behind()
    {
        using var classifier = new Classifier(ModelPacker.Pack(Graph([Mean, Node("Flatten", "mean", "y")], X(32)), Colours, Options));

        var found = classifier.Classify(Plain(51, 204, 0));

        Assert.Equal("green", found.Label);
        Assert.Equal(SoftMax(0.2f, 0.8f, 0), classifier.Probabilities.ToArray(), Near);
        Assert.Equal([0.2f, 0.8f, 0], classifier.Embedding.ToArray(), Near);
    }

    [Fact]
    public void A_graph_that_gives_shares_keeps_them()
    {
        var graph = Graph([Mean, Node("Flatten", "mean", "flat"), Node("Softmax", "flat", "y")], X(32));

        using var classifier = new Classifier(ModelPacker.Pack(graph, Colours, Options));
        classifier.Classify(Plain(51, 204, 0));

        Assert.Equal(SoftMax(0.2f, 0.8f, 0), classifier.Probabilities.ToArray(), Near);
    }

    [Theory]
    [InlineData("Identity")]
    [InlineData("Reshape")]
    [InlineData("Cast")]
    [InlineData("QuantizeLinear")]
    [InlineData("Flatten Identity Flatten")]
    public void Given_shares_behind_nodes_that_change_their_form_expect_no_second_softmax(string behind)
    {
        var graph = Graph([Mean, Node("Flatten", "mean", "flat"), Node("Softmax", "flat", "s0"), .. Chain(behind)], X(32));
        AddConstants(graph);

        using var classifier = new Classifier(ModelPacker.Pack(graph, Colours, Options));
        classifier.Classify(Plain(51, 204, 0));

        // Steps of int8: a share is right to a hundredth.
        Assert.Equal(SoftMax(0.2f, 0.8f, 0), classifier.Probabilities.ToArray(), (a, b) => MathF.Abs(a - b) < 0.006f);
    }

    [Theory]
    [InlineData("Identity")]
    [InlineData("Reshape")]
    [InlineData("Cast")]
    [InlineData("QuantizeLinear")]
    public void Given_a_sigmoid_behind_such_nodes_expect_it_refused_as_a_plain_one_is(string behind)
    {
        var graph = Graph([Mean, Node("Flatten", "mean", "flat"), Node("Sigmoid", "flat", "s0"), .. Chain(behind)], X(32));
        AddConstants(graph);

        var error = Assert.Throws<ModelException>(() => ModelPacker.Pack(graph, Colours, Options));

        Assert.StartsWith("'y' comes from a Sigmoid: ", error.Problem);
    }

    [Fact]
    public void Given_shares_that_were_rounded_to_int8_expect_them_as_the_graph_gives_them()
    {
        var labels = ModelPackage.ReadLabels(Repository.Shared("field/data/lq.txt"));

        var package = ModelPacker.Pack(OnnxModel.ReadForeign(Repository.Shared("field/data/q-1.onnx")), labels, new PackOptions());

        Assert.Single(OnnxModel.Parse(package.Onnx, "m").Proto.Graph.Node, node => node.OpType == "Softmax");
    }

    [Fact]
    public void Given_shares_that_are_made_without_a_softmax_expect_them_kept()
    {
        var graph = Graph(
            [
                Mean, Node("Flatten", "mean", "flat"), Node("Exp", "flat", "e"),
                new NodeProto { OpType = "ReduceSum", Input = { "e", "one" }, Output = { "sum" }, Attribute = { Keep(1) } },
                new NodeProto { OpType = "Div", Input = { "e", "sum" }, Output = { "y" } },
            ],
            X(32));
        AddConstants(graph);

        using var classifier = new Classifier(ModelPacker.Pack(graph, Colours, Options));
        classifier.Classify(Plain(51, 204, 0));

        Assert.Equal(SoftMax(0.2f, 0.8f, 0), classifier.Probabilities.ToArray(), Near);
    }

    [Theory]
    [InlineData("batch", "channels", "height", "width")]
    [InlineData("batch_size", "num_channels", "height", "width")]
    [InlineData("N", "C", "H", "W")]
    [InlineData("N", 3, "height", "width")]
    [InlineData(1, "num_channels", 64, 64)]
    public void Axes_with_names_take_the_size_that_is_asked_for(params object[] axes)
    {
        var graph = Graph([Mean, Node("Flatten", "mean", "y")], OnnxText.Value("x", axes));

        using var classifier = new Classifier(ModelPacker.Pack(graph, Colours, Options with { Size = 64 }));

        Assert.Equal("green", classifier.Classify(Plain(51, 204, 0)).Label);
    }

    [Fact]
    public void Axes_with_names_may_have_the_colours_last()
    {
        var graph = Graph(
            [new NodeProto { OpType = "ReduceMean", Input = { "x" }, Output = { "y" }, Attribute = { Axes(1, 2), Keep(0) } }],
            OnnxText.Value("x", "batch", "height", "width", "channels"));

        using var classifier = new Classifier(ModelPacker.Pack(graph, Colours, Options with { Size = 64 }));

        Assert.Equal("green", classifier.Classify(Plain(51, 204, 0)).Label);
    }

    [Fact]
    public void A_batch_that_is_only_declared_is_opened()
    {
        var package = ModelPacker.Pack(Graph([Mean, Node("Flatten", "mean", "y")], OnnxText.Value("x", 4, 3, 32, 32)), Colours, Options);

        Assert.False(OnnxModel.Parse(package.Onnx, "m").TakesOneAtATime);
        Assert.Equal([0, 1, 2], Batch(package));
    }

    [Fact]
    public void A_batch_that_is_written_into_the_graph_is_filled_with_the_one_picture_and_told_of()
    {
        var reshape = new NodeProto { OpType = "Reshape", Input = { "mean", "four" }, Output = { "y" } };
        var graph = Graph([Mean, reshape], OnnxText.Value("x", 4, 3, 32, 32));
        AddConstants(graph);

        var package = ModelPacker.Pack(graph, Colours, Options);

        Assert.True(OnnxModel.Parse(package.Onnx, "m").TakesOneAtATime);
        Assert.Equal([0, 1, 2], Batch(package));
        Assert.Equal(
            "4 pictures a run are written into the graph: each picture is run 4 times at once", (string?)package.Card.Training["batch"]);
    }

    [Theory]
    [InlineData("nan.onnx")]
    [InlineData(null)]
    public void Scores_that_are_no_numbers_are_refused_before_anything_is_packed(string? file)
    {
        var graph = file is not null ? OnnxModel.ReadForeign(Repository.Shared("field/data/" + file))
            : Graph([Mean, Node("Flatten", "mean", "flat"), Node("Neg", "flat", "minus"), Node("Log", "minus", "y")], X(32));

        var error = Assert.Throws<ModelException>(() => ModelPacker.Pack(graph, Colours, Options));

        Assert.Contains(" holds NaN or infinity for a picture as --mean and --scale make it", error.Problem);
    }

    [Fact]
    public void Mean_and_scale_of_each_colour_and_the_colour_order_are_followed()
    {
        var options = new PackOptions
        {
            Input = new ModelInput { Size = 0, Mean = new(51, 0, 0), Scale = new(255, 255, 51), ColourOrder = "BGR" },
        };

        using var classifier = new Classifier(ModelPacker.Pack(Graph([Mean, Node("Flatten", "mean", "y")], X(32)), Colours, options));
        classifier.Classify(Plain(51, 204, 102));

        Assert.Equal([2, 0.8f, 0], classifier.Embedding.ToArray(), Near);
    }

    [Fact]
    public void A_graph_with_the_colours_last_is_fed_so()
    {
        var graph = Graph(
            [new NodeProto { OpType = "ReduceMean", Input = { "x" }, Output = { "y" }, Attribute = { Axes(1, 2), Keep(0) } }],
            OnnxText.Value("x", "N", 32, 32, 3));

        using var classifier = new Classifier(ModelPacker.Pack(graph, Colours, Options));
        classifier.Classify(Plain(51, 204, 0));

        Assert.Equal([0.2f, 0.8f, 0], classifier.Embedding.ToArray(), Near);
    }

    [Fact]
    public void What_the_last_linear_layer_reads_becomes_the_embedding()
    {
        var head = new LinearHead([1, 0, 0, 0, 2, 0], [0, 0]).AppendTo(SmallModels.Backbone());
        head.Proto.Graph.Output.RemoveAt(1);

        var package = ModelPacker.Pack(head, ["A", "B"], new PackOptions { Size = 64 });

        using var classifier = new Classifier(package);
        classifier.Classify(Plain(127, 255, 127));
        Assert.Equal([0, 1, 0], classifier.Embedding.ToArray(), Near);
        Assert.Equal(SoftMax(0, 2), classifier.Probabilities.ToArray(), Near);
    }

    [Fact]
    public void A_graph_for_any_number_of_pictures_runs_them_together()
    {
        var package = ModelPacker.Pack(Graph([Mean, Node("Flatten", "mean", "y")], OnnxText.Value("x", 1, 3, 32, 32)), Colours, Options);

        Assert.False(OnnxModel.Parse(package.Onnx, "m").TakesOneAtATime);
        Assert.Equal([0, 1, 2], Batch(package));
    }

    [Fact]
    public void A_graph_with_one_picture_written_into_it_runs_them_one_by_one()
    {
        var reshape = new NodeProto { OpType = "Reshape", Input = { "mean", "shape" }, Output = { "y" } };
        var graph = Graph([Mean, reshape], OnnxText.Value("x", 1, 3, 32, 32));
        graph.Proto.Graph.Initializer.Add(
            new TensorProto
            {
                Name = "shape",
                DataType = 7,
                Dims = { 2 },
                RawData = Google.Protobuf.ByteString.CopyFrom([1, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0]),
            });

        var package = ModelPacker.Pack(graph, Colours, Options);

        Assert.True(OnnxModel.Parse(package.Onnx, "m").TakesOneAtATime);
        Assert.Equal([0, 1, 2], Batch(package));
    }

    [Fact]
    public void Names_that_the_package_needs_may_be_the_graphs_own_for_other_things()
    {
        var graph = Graph(
            [Node("GlobalAveragePool", "x", "probability"), Node("Flatten", "probability", "image"), Node("Identity", "image", "y")],
            X(32));

        using var classifier = new Classifier(ModelPacker.Pack(graph, Colours, Options));
        classifier.Classify(Plain(0, 0, 255));

        Assert.Equal(SoftMax(0, 0, 1), classifier.Probabilities.ToArray(), Near);
    }

    [Fact]
    public void The_backbone_with_a_head_packs_to_the_same_probabilities()
    {
        var weights = Enumerable.Range(0, 3 * 1280).Select(i => MathF.Sin(i)).ToArray();
        var trained = new ModelPackage(
            new LinearHead(weights, [0, 0, 0]).AppendTo(SmallModels.RealBackbone()).ToBytes(), SmallModels.Card("A", "B", "C"));
        using var folder = new TempFolder();
        File.WriteAllBytes(folder.File("m.onnx"), trained.Onnx);

        var packed = ModelPacker.Pack(OnnxModel.ReadForeign(folder.File("m.onnx")), ["A", "B", "C"], new PackOptions { Size = 224 });

        using Classifier one = new(trained), other = new(packed);
        one.Classify(Plain(10, 90, 200));
        other.Classify(Plain(10, 90, 200));
        Assert.Equal(one.Probabilities.ToArray(), other.Probabilities.ToArray(), (a, b) => MathF.Abs(a - b) < 1e-6f);
        Assert.Equal(one.Embedding.ToArray(), other.Embedding.ToArray(), (a, b) => MathF.Abs(a - b) < 1e-5f);
    }

    public static TheoryData<string, OnnxModel, PackOptions, string> Wrong => new()
    {
        { "two inputs", With(Graph([Mean, Node("Flatten", "mean", "y")], X(32)), model => model.Graph.Input.Add(X(32, "x2"))), Options,
            "has the inputs 'x', 'x2', expected one picture and nothing else" },
        { "whole numbers", With(
            Graph([Mean, Node("Flatten", "mean", "y")], X(32)), model => model.Graph.Input[0].Type.TensorType.ElemType = 2), Options,
            "'x' does not hold float32 numbers, which are the only ones that can be packed; export the model again with "
                + "float32 input and output" },
        { "one colour", Graph([Mean, Node("Flatten", "mean", "y")], OnnxText.Value("x", "N", 1, 32, 32)), Options,
            "'x' is N x 1 x 32 x 32, expected N x 3 x S x S or N x S x S x 3, a square picture of three colours" },
        { "not square", Graph([Mean, Node("Flatten", "mean", "y")], OnnxText.Value("x", "N", 3, 32, 64)), Options,
            "'x' is N x 3 x 32 x 64, expected N x 3 x S x S or N x S x S x 3, a square picture of three colours" },
        { "other size", Graph([Mean, Node("Flatten", "mean", "y")], X(32)), Options with { Size = 64 },
            "takes pictures of 32 x 32, but --size is 64; leave --size out, or export the model for that size" },
        { "no size", Graph([Mean, Node("Flatten", "mean", "y")], OnnxText.Value("x", "N", 3, "H", "W")), Options,
            "does not say how large the pictures of 'x' are; give --size S, as it was trained with" },
        { "no such output", Graph(
            [Mean, Node("Flatten", "mean", "y")], X(32)), Options with { Output = "z" }, "has no output 'z', only 'y'" },
        { "two outputs", With(
            Graph([Mean, Node("Flatten", "mean", "y"), Node("Flatten", "mean", "z")], X(32)),
            model => model.Graph.Output.Add(new ValueInfoProto { Name = "z" })), Options,
            "has the outputs 'y', 'z'; say with --output which one holds the scores" },
        { "sigmoid", Graph([Mean, Node("Flatten", "mean", "flat"), Node("Sigmoid", "flat", "y")], X(32)), Options,
            "'y' comes from a Sigmoid: it gives each label a share of its own, where exactly one label per picture is expected" },
        { "another number of labels", Graph(
            [
                new NodeProto
                {
                    OpType = "Concat",
                    Input = { "mean", "mean" },
                    Output = { "y" },
                    Attribute = { new AttributeProto { Name = "axis", I = 1, Type = AttributeProto.Types.AttributeType.Int } },
                },
                Mean,
            ],
            X(32),
            reverse: true), Options,
            "there are 3 labels, but the output 'y' has 6 scores; there must be one label a score, in the scores' order" },
        { "scale of nothing", Graph(
            [Mean, Node("Flatten", "mean", "y")], X(32)), Options with { Input = new ModelInput { Size = 0, Scale = 0 } },
            "mean 127 and scale 0 are no scaling, expected finite numbers and a scale above 0" },
    };

    [Theory, MemberData(nameof(Wrong), DisableDiscoveryEnumeration = true)]
    public void A_graph_that_is_no_picture_classifier_is_refused(string what, OnnxModel graph, PackOptions options, string problem)
    {
        var error = Assert.Throws<ModelException>(() => ModelPacker.Pack(graph, Colours, options));

        Assert.Equal((what, problem), (what, error.Problem));
        Assert.Equal("foreign.onnx", error.File);
    }

    [Fact]
    public void A_graph_that_ONNX_Runtime_does_not_know_is_refused_with_its_word()
    {
        var error = Assert.Throws<ModelException>(() => ModelPacker.Pack(Graph([Node("Sock", "x", "y")], X(32)), Colours, Options));

        Assert.StartsWith("ONNX Runtime refuses the model (", error.Problem);
        Assert.Contains("Sock", error.Problem);
    }

    /// <summary>Nodes one behind the other, from <c>s0</c> to <c>y</c>.</summary>
    private static IEnumerable<NodeProto> Chain(string types)
    {
        var nodes = types.Split(' ').SelectMany(
            type => type == "QuantizeLinear" ? ["QuantizeLinear", "DequantizeLinear"] : (string[])[type]).ToArray();
        for (var at = 0; at < nodes.Length; at++)
        {
            var node = Node(nodes[at], $"s{at}", at == nodes.Length - 1 ? "y" : $"s{at + 1}");
            if (node.OpType == "Cast")
                node.Attribute.Add(new AttributeProto { Name = "to", I = 1, Type = AttributeProto.Types.AttributeType.Int });
            if (node.OpType == "Reshape")
                node.Input.Add("row");
            if (node.OpType.EndsWith("Linear", StringComparison.Ordinal))
                node.Input.Add("step");
            yield return node;
        }
    }

    private static void AddConstants(OnnxModel graph)
    {
        foreach (var (name, numbers) in ((string, long[])[])[("row", [-1, 3]), ("four", [4, 3]), ("one", [1])])
        {
            var bytes = Google.Protobuf.ByteString.CopyFrom(System.Runtime.InteropServices.MemoryMarshal.AsBytes<long>(numbers));
            graph.Proto.Graph.Initializer.Add(new TensorProto { Name = name, DataType = 7, Dims = { numbers.Length }, RawData = bytes });
        }
        graph.Proto.Graph.Initializer.Add(new TensorProto { Name = "step", DataType = 1, FloatData = { 1 / 255f } });
    }

    private static int[] Batch(ModelPackage package)
    {
        using var model = new ClassifierModel(package);
        using var batch = model.CreateBatch(3);
        var preprocessor = model.CreatePreprocessor();
        preprocessor.Fill(Plain(255, 0, 0), batch.Image(0));
        preprocessor.Fill(Plain(0, 255, 0), batch.Image(1));
        preprocessor.Fill(Plain(0, 0, 255), batch.Image(2));
        batch.Run(3);
        return
        [
            .. Enumerable.Range(0, 3)
            .Select(index => batch.Probabilities(index).IndexOf(System.Numerics.Tensors.TensorPrimitives.Max(batch.Probabilities(index)))),
        ];
    }

    private static OnnxModel Graph(NodeProto[] nodes, ValueInfoProto input, bool reverse = false) =>
        OnnxModel.Parse(OnnxText.Model(reverse ? nodes.Reverse() : nodes, input, new ValueInfoProto { Name = "y" }), "foreign.onnx");

    private static OnnxModel With(OnnxModel model, Action<ModelProto> change)
    {
        change(model.Proto);
        return model;
    }

    private static ValueInfoProto X(int side, string name = "x") => OnnxText.Value(name, "N", 3, side, side);

    private static NodeProto Node(string type, string from, string to) => new() { OpType = type, Input = { from }, Output = { to } };

    private static AttributeProto Axes(params long[] axes) =>
        new() { Name = "axes", Ints = { axes }, Type = AttributeProto.Types.AttributeType.Ints };

    private static AttributeProto Keep(long keep) => new() { Name = "keepdims", I = keep, Type = AttributeProto.Types.AttributeType.Int };

    private static float[] SoftMax(params float[] scores)
    {
        var sum = scores.Sum(MathF.Exp);
        return [.. scores.Select(score => MathF.Exp(score) / sum)];
    }

    private static bool Near(float a, float b) => MathF.Abs(a - b) < 1e-5f;

    private static Frame Plain(byte red, byte green, byte blue)
    {
        var frame = new Frame(32, 32);
        for (var i = 0; i < frame.Rgb.Length; i += 3)
            (frame.Rgb[i], frame.Rgb[i + 1], frame.Rgb[i + 2]) = (red, green, blue);
        return frame;
    }
}
