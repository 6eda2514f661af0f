using System.Text.Json;
using SockSort.Imaging.Decoding;
using SockSort.Imaging.Kernels;
using SockSort.Models.Onnx;
using SockSort.Testing;
using SockSort.Training.Graph;
using SockSort.Training.Native;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace SockSort.Training.Tests.Graph;

/// <summary>One step of PyTorch on the same network: loss and gradients.</summary>
public class TrainingStepGoldenTests
{
    [Fact]
    public void One_step_has_PyTorchs_loss_logits_and_gradients()
    {
        using var golden = JsonDocument.Parse(File.ReadAllText(Repository.Shared("goldens/backbone/training-step.json")));
        var step = golden.RootElement;
        var model = OnnxModel.Read(Repository.PathOf("models/efficientnet-lite0.onnx"));
        var first = new GraphBlocks(model.Proto.Graph).FirstNodeOf(8);
        TorchLibrary.Require();
        using var frozen = new FrozenPart(model, first, threads: 2, 224);
        using var tuned = new TorchPart(model, first);
        string[] photos = [.. step.GetProperty("batch").EnumerateArray().Select(name => name.GetString()!)];

        using var features = Features(frozen, photos);
        using var weight = tensor([.. Enumerable.Range(0, 6 * 1280).Select(i => (float)(0.02 * Math.Sin(i)))], [6, 1280], requires_grad: true);
        using var bias = zeros([6], requires_grad: true);
        using var logits = F.linear(tuned.Forward(features), weight, bias);
        using var loss = F.cross_entropy(logits, arange(6, int64));
        loss.backward();

        Assert.Equal(step.GetProperty("loss").GetDouble(), loss.item<float>(), 1e-4);
        var wanted = step.GetProperty("gradients").EnumerateObject().ToDictionary(tensor => tensor.Name, tensor => tensor.Value);
        (string Name, Tensor Value)[] learnt = [.. tuned.Parameters, ("head.weight", weight), ("head.bias", bias)];
        Assert.Equal(wanted.Keys.Order(), learnt.Select(parameter => parameter.Name).Order());
        Assert.All(learnt, parameter => AssertGradient(wanted[parameter.Name], parameter.Value.grad!));
    }

    private static void AssertGradient(JsonElement wanted, Tensor gradient)
    {
        var values = gradient.contiguous().data<float>().ToArray();
        var norm = wanted.GetProperty("l2").GetDouble();
        var stride = wanted.GetProperty("stride").GetInt32();

        Assert.Equal(wanted.GetProperty("shape").EnumerateArray().Select(axis => axis.GetInt64()), gradient.shape);
        Assert.InRange(Math.Sqrt(values.Sum(value => (double)value * value)), norm * 0.995, norm * 1.005);
        var samples = wanted.GetProperty("samples").EnumerateArray().Select(value => value.GetDouble()).ToArray();
        Assert.All(samples, (sample, index) => Assert.Equal(sample, values[index * stride], 0.01 * norm));
    }

    private static Tensor Features(FrozenPart frozen, string[] photos)
    {
        var images = new float[photos.Length * 3 * 224 * 224];
        var preprocessor = new Preprocessor(224);
        for (var i = 0; i < photos.Length; i++)
        {
            var path = Repository.Shared($"data/sock-photos/{photos[i]}");
            preprocessor.Fill(PictureReader.Read(File.ReadAllBytes(path), path), images.AsSpan(i * 3 * 224 * 224, 3 * 224 * 224));
        }
        var shape = frozen.Run(images, 224, photos.Length, out var features);
        return tensor(features, shape);
    }
}
