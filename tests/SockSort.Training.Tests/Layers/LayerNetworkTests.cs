using SockSort.Models.Onnx;
using SockSort.Training.FineTuning;
using SockSort.Training.Native;
using SockSort.Training.Tests.Graph;
using static SockSort.Training.Tests.Graph.SmallGraph;

namespace SockSort.Training.Tests.Layers;

/// <summary>Layers of our own against torch, on small networks with all that they know.</summary>
public class LayerNetworkTests
{
    private static readonly TrainingOptions Options = new() { Dropout = 0.3, Threads = 2 };

    private static readonly Dictionary<string, Func<OnnxModel>> Networks = new(StringComparer.Ordinal)
    {
        ["one place, limits"] = () => Begin().Conv(3, 19, 1).Node("Clip", ["", "=0", "=0.4"]).End(19),
        ["one channel, step 1"] = () => Begin().Conv(3, 19, 1).Node("Relu").Conv(19, 19, 3, groups: 19).End(19),
        ["one channel, step 2"] = () =>
            Begin().Conv(3, 16, 1).Conv(16, 16, 5, stride: 2, groups: 16, pads: [1, 1, 2, 2]).Node("Clip", ["", "=0", "=1"]).End(16),
        ["a window that leaves the last row out"] = () =>
            Begin().Conv(3, 16, 1).Conv(16, 16, 2, stride: 2, groups: 16, pads: [0, 0, 0, 0]).End(16),
        ["first of all one channel"] = () => Begin().Conv(3, 3, 3, groups: 3).Node("Relu").Conv(3, 8, 1).End(8),
        ["no bias"] = () => Begin().Node("Conv", ["", "$8x3x1x1"]).Node("Relu").Conv(8, 4, 1).End(4),
        ["a shortcut"] = () => Shortcut(Begin().Conv(3, 6, 1)).End(6),
    };

    public static TheoryData<string> Forms => [.. Networks.Keys];

    [Theory, MemberData(nameof(Forms))]
    public void Loss_gradients_and_embeddings_are_torchs(string form)
    {
        var model = Networks[form]();
        var width = model.OutputWidth("embedding");
        var head = new LinearHead([.. Numbers(3 * width, 5)], [0.1f, -0.2f, 0]);
        var features = new FeatureBatch(Numbers(7 * 3 * 9 * 9, 6), 7, [3, 9, 9]);
        float[] targets = Targets.Of([0, 1, 2, Targets.None, 0, 1, 2], 3, smoothing: 0.1);
        float[] weights = [1, 2, 0.5f, 1, 1, 3, 1];
        using var torch = new TunedNetwork(model, 0, head, Options, TorchLibrary.Device("cpu"));
        using var layers = LayerNetwork.TryMake(model, 0, features.Shape, head, Options);

        var wanted = torch.Gradients(features, targets, weights, step: 4);
        var loss = layers!.Gradients(features, targets, weights, step: 4);

        Assert.Equal(wanted, loss, 1e-5);
        Assert.Equal(torch.Parameters.Select(parameter => parameter.Name), layers.Parameters.Select(parameter => parameter.Name));
        for (var parameter = 0; parameter < torch.Parameters.Count; parameter++)
            AssertClose(torch.GradientOf(parameter).ToArray(), layers.GradientOf(parameter).ToArray());
        AssertClose(torch.Embed(features), layers.Embed(features));
    }

    [Fact]
    public void Gradients_begin_anew_with_each_batch()
    {
        var model = Networks["a shortcut"]();
        var head = new LinearHead(Numbers(3 * 6, 5), new float[3]);
        var features = new FeatureBatch(Numbers(2 * 3 * 9 * 9, 6), 2, [3, 9, 9]);
        using var layers = LayerNetwork.TryMake(model, 0, features.Shape, head, Options)!;
        _ = layers.Gradients(features, Targets.Of([0, 1], 3, 0), [1, 1], step: 0);
        var first = layers.GradientOf(0).ToArray();

        _ = layers.Gradients(features, Targets.Of([0, 1], 3, 0), [1, 1], step: 0);

        Assert.Equal(first, layers.GradientOf(0).ToArray());
    }

    [Theory]
    [InlineData("another activation")]
    [InlineData("a window of several channels")]
    public void A_network_with_other_layers_is_left_to_torch(string form)
    {
        var model = form == "another activation" ? Begin().Conv(3, 8, 1).Node("Sigmoid").End(8) : Begin().Conv(3, 8, 3).End(8);

        Assert.Null(LayerNetwork.TryMake(model, 0, [3, 9, 9], new LinearHead(new float[24], new float[3]), Options));
    }

    private static SmallGraph Shortcut(SmallGraph graph)
    {
        var before = graph.Last;
        return graph.Conv(6, 24, 1).Node("Relu").Conv(24, 24, 5, groups: 24).Node("Relu").Conv(24, 6, 1).Node("Add", ["", before]);
    }

    private static void AssertClose(float[] wanted, float[] found) =>
        Assert.All(wanted.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 2e-5));

    private static float[] Numbers(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.4f)];
    }
}
