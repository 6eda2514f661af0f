using System.Text.Json;
using SockSort.Imaging.Decoding;
using SockSort.Imaging.Kernels;
using SockSort.Models.Onnx;
using SockSort.Testing;
using SockSort.Training.FineTuning;
using SockSort.Training.Graph;
using SockSort.Training.Native;

namespace SockSort.Training.Tests.Graph;

/// <summary>One step of PyTorch on the same network: loss and gradients.</summary>
public class TrainingStepGoldenTests
{
    [Theory]
    [InlineData("torch")]
    [InlineData("layers")]
    public void One_step_has_PyTorchs_loss_and_gradients(string by)
    {
        using var golden = JsonDocument.Parse(File.ReadAllText(Repository.Shared("goldens/backbone/training-step.json")));
        var step = golden.RootElement;
        var model = OnnxModel.Read(Repository.PathOf("models/efficientnet-lite0.onnx"));
        var first = new GraphBlocks(model.Proto.Graph).FirstNodeOf(8);
        var options = new TrainingOptions { Dropout = 0, Threads = 2 };
        var head = new LinearHead([.. Enumerable.Range(0, 6 * 1280).Select(i => (float)(0.02 * Math.Sin(i)))], new float[6]);
        using var frozen = new FrozenRunner(model, first, options);
        using ITunedNetwork network = by == "torch"
            ? new TunedNetwork(model, first, head, options, TorchLibrary.Device("cpu"))
            : LayerNetwork.TryMake(model, first, frozen.Shape, head, options)!;
        string[] photos = [.. step.GetProperty("batch").EnumerateArray().Select(name => name.GetString()!)];

        var loss = network.Gradients(
            frozen.Run(Images(photos), photos.Length), Targets.Of([0, 1, 2, 3, 4, 5], 6, smoothing: 0), [1, 1, 1, 1, 1, 1], step: 0);

        Assert.Equal(step.GetProperty("loss").GetDouble(), loss, 1e-4);
        var wanted = step.GetProperty("gradients").EnumerateObject().ToDictionary(tensor => tensor.Name, tensor => tensor.Value);
        Assert.Equal(wanted.Keys.Order(), network.Parameters.Select(parameter => parameter.Name).Order());
        Assert.All(
            network.Parameters.Index(),
            parameter => AssertGradient(parameter.Item.Name, wanted[parameter.Item.Name], network.GradientOf(parameter.Index)));
    }

    private static void AssertGradient(string name, JsonElement wanted, ReadOnlySpan<float> gradient)
    {
        var values = gradient.ToArray();
        var norm = wanted.GetProperty("l2").GetDouble();
        var stride = wanted.GetProperty("stride").GetInt32();

        Assert.Equal(wanted.GetProperty("shape").EnumerateArray().Aggregate(1L, (all, axis) => all * axis.GetInt64()), values.Length);
        Assert.True(Math.Abs(Math.Sqrt(values.Sum(value => (double)value * value)) / norm - 1) < 0.005, name);
        var samples = wanted.GetProperty("samples").EnumerateArray().Select(value => value.GetDouble()).ToArray();
        Assert.All(samples, (sample, index) => Assert.Equal(sample, values[index * stride], 0.005 * norm));
    }

    private static float[] Images(string[] photos)
    {
        var images = new float[photos.Length * 3 * 224 * 224];
        var preprocessor = new Preprocessor(224);
        for (var i = 0; i < photos.Length; i++)
        {
            var path = Repository.Shared($"data/sock-photos/{photos[i]}");
            preprocessor.Fill(PictureReader.Read(File.ReadAllBytes(path), path), images.AsSpan(i * 3 * 224 * 224, 3 * 224 * 224));
        }
        return images;
    }
}
