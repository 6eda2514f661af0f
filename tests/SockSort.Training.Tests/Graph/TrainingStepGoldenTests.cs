using System.Text.Json;
using SockSort.Imaging.Decoding;
using SockSort.Imaging.Kernels;
using SockSort.Models.Onnx;
using SockSort.Testing;
using SockSort.Training.FineTuning;
using SockSort.Training.Graph;
using SockSort.Training.Native;
using static TorchSharp.torch;

namespace SockSort.Training.Tests.Graph;

/// <summary>One step of PyTorch on the same network: loss and gradients.</summary>
public class TrainingStepGoldenTests
{
    [Fact]
    public void One_step_has_PyTorchs_loss_and_gradients()
    {
        using var golden = JsonDocument.Parse(File.ReadAllText(Repository.Shared("goldens/backbone/training-step.json")));
        var step = golden.RootElement;
        var model = OnnxModel.Read(Repository.PathOf("models/efficientnet-lite0.onnx"));
        var first = new GraphBlocks(model.Proto.Graph).FirstNodeOf(8);
        var options = new TrainingOptions { Dropout = 0, Threads = 2 };
        var cpu = TorchLibrary.Device("cpu");
        using var frozen = new FrozenRunner(model, first, options, cpu);
        using var network = new TunedNetwork(
            model, first, new LinearHead([.. Enumerable.Range(0, 6 * 1280).Select(i => (float)(0.02 * Math.Sin(i)))], new float[6]),
            options, cpu);
        string[] photos = [.. step.GetProperty("batch").EnumerateArray().Select(name => name.GetString()!)];

        using var features = frozen.Run(Images(photos), photos.Length);
        var loss = network.Gradients(
            features, Targets.Of([0, 1, 2, 3, 4, 5], 6, smoothing: 0), [1, 1, 1, 1, 1, 1], step: 0, out var gradients);

        Assert.Equal(step.GetProperty("loss").GetDouble(), loss, 1e-4);
        var wanted = step.GetProperty("gradients").EnumerateObject().ToDictionary(tensor => tensor.Name, tensor => tensor.Value);
        Assert.Equal(wanted.Keys.Order(), network.Parameters.Select(parameter => parameter.Name).Order());
        Assert.All(network.Parameters.Zip(gradients), pair => AssertGradient(pair.First.Name, wanted[pair.First.Name], pair.Second));
    }

    private static void AssertGradient(string name, JsonElement wanted, Tensor gradient)
    {
        var values = gradient.contiguous().data<float>().ToArray();
        var norm = wanted.GetProperty("l2").GetDouble();
        var stride = wanted.GetProperty("stride").GetInt32();

        Assert.Equal(wanted.GetProperty("shape").EnumerateArray().Select(axis => axis.GetInt64()), gradient.shape);
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
