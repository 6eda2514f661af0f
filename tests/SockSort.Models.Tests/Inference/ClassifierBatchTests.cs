using SockSort.Imaging;
using SockSort.Models.Inference;
using SockSort.Models.Onnx;

namespace SockSort.Models.Tests.Inference;

public sealed class ClassifierBatchTests : IDisposable
{
    private readonly ClassifierModel _model = new(
        SmallModels.Package(new LinearHead([3, 0, 0, 0, 3, 0], [0, 0]), "red", "green"), new InferenceOptions { Threads = 1 });

    public void Dispose() => _model.Dispose();

    [Fact]
    public void Pictures_of_a_batch_get_what_they_get_alone()
    {
        using var batch = _model.CreateBatch(4);
        using var alone = new Classifier(_model);
        var preprocessor = _model.CreatePreprocessor();
        for (var index = 0; index < 3; index++)
            preprocessor.Fill(Plain((byte)(80 * index), 90), batch.Image(index));

        batch.Run(3);

        for (var index = 0; index < 3; index++)
        {
            alone.Classify(Plain((byte)(80 * index), 90));
            Assert.Equal(alone.Probabilities.ToArray(), batch.Probabilities(index).ToArray(), (a, b) => MathF.Abs(a - b) < 1e-6f);
            Assert.Equal(alone.Embedding.ToArray(), batch.Embedding(index).ToArray(), (a, b) => MathF.Abs(a - b) < 1e-6f);
        }
    }

    [Fact]
    public void Runs_of_any_size_cost_no_memory()
    {
        using var batch = _model.CreateBatch(3);
        batch.Run(3);
        batch.Run(1);

        var before = GC.GetAllocatedBytesForCurrentThread();
        batch.Run(3);
        batch.Run(1);
        var allocatedBytes = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(0, allocatedBytes);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void A_run_of_no_pictures_or_too_many_is_refused(int count)
    {
        using var batch = _model.CreateBatch(2);

        Assert.Throws<ArgumentOutOfRangeException>(() => batch.Run(count));
    }

    private static Frame Plain(byte red, byte green)
    {
        var frame = new Frame(40, 30);
        for (var i = 0; i < frame.Rgb.Length; i += 3)
            (frame.Rgb[i], frame.Rgb[i + 1]) = (red, green);
        return frame;
    }
}
