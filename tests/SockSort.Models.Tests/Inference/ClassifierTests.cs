using SockSort.Imaging;
using SockSort.Models.Inference;
using SockSort.Models.Onnx;
using SockSort.Testing;

namespace SockSort.Models.Tests.Inference;

public class ClassifierTests
{
    [Fact]
    public void Probabilities_are_the_softmax_of_the_head_and_the_best_has_its_label()
    {
        using var classifier = new Classifier(
            SmallModels.Package(SmallModels.ConstantHead(0, MathF.Log(3), MathF.Log(6)), "Blank", "Google", "Mongo"));

        var found = classifier.Classify(Grey(640, 360));

        Assert.Equal((2, "Mongo"), (found.Index, found.Label));
        Assert.Equal([0.1f, 0.3f, 0.6f], classifier.Probabilities.ToArray(), (a, b) => MathF.Abs(a - b) < 1e-6f);
        Assert.Equal(0.6f, found.Probability, 1e-6f);
        Assert.Equal(SmallModels.Width, classifier.Embedding.Length);
    }

    [Fact]
    public void The_head_reads_the_embedding_of_the_frame()
    {
        var weights = new float[2 * SmallModels.Width];
        weights[1] = 1;
        using var classifier = new Classifier(SmallModels.Package(new LinearHead(weights, [0, 0]), "A", "B"));

        classifier.Classify(Grey(224, 224));

        var logit = classifier.Embedding[1];
        Assert.Equal(1 / (1 + MathF.Exp(-logit)), classifier.Probabilities[0], 1e-5f);
    }

    [Fact]
    public void Frames_of_one_size_cost_no_memory_after_the_first()
    {
        using var classifier = new Classifier(SmallModels.Package("A", "B"), new InferenceOptions { Threads = 1 });
        var frame = Grey(320, 180);
        classifier.Classify(frame);

        var before = GC.GetAllocatedBytesForCurrentThread();
        classifier.Classify(frame);
        var allocatedBytes = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(0, allocatedBytes);
    }

    [Fact]
    public void A_package_opens_by_its_path()
    {
        using var folder = new TempFolder();
        SmallModels.Package("A", "B").Write(folder.File("model.tar.gz"));

        using var classifier = Classifier.Open(folder.File("model.tar.gz"));

        Assert.Equal(["A", "B"], classifier.Labels);
        Assert.Equal("B", classifier.Classify(Grey(50, 50)).Label);
    }

    private static Frame Grey(int width, int height)
    {
        var frame = new Frame(width, height);
        frame.Rgb.AsSpan().Fill(150);
        return frame;
    }
}
