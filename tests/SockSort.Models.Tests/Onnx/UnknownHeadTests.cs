using SockSort.Imaging;
using SockSort.Models.Inference;
using SockSort.Models.Onnx;
using SockSort.Models.Package;

namespace SockSort.Models.Tests.Onnx;

/// <summary>On <see cref="SmallModels.Backbone()"/>, whose embedding is the mean colour: -1 = black, 1 = white.</summary>
public class UnknownHeadTests
{
    private static readonly float[] Means = [0, 0, 0, 1, 1, 1];

    [Theory]
    [InlineData(17)]
    [InlineData(18)]
    public void The_distance_to_the_nearest_class_says_how_unknown_a_picture_is(int opset)
    {
        var distances = new ClassDistances("embedding", IsMap: false, [0.5f, 0.5f, 0.5f], Means, [1, 0, 0], Gain: 3, Rest: 1);
        using var classifier = Open(new UnknownHead([(distances, 2)], Middle: 1, Slope: 0.5f), opset);

        var unknown = classifier.Classify(Grey(191)).Unknown;

        // 0.5 from both classes in each of three directions, the first of which counts three times more: 0.25 * (3 + 3).
        Assert.Equal(1 / (1 + MathF.Exp(-0.5f * (2 * MathF.Log(1.5f) - 1))), unknown!.Value, 1e-4f);
    }

    [Fact]
    public void A_map_counts_by_its_mean_and_the_parts_are_added_class_by_class()
    {
        var ofMap = new ClassDistances("image", IsMap: true, new float[3], Means, [1, 0, 0], Gain: 0, Rest: 1);
        var ofEmbedding = new ClassDistances("embedding", IsMap: false, new float[3], [1, 1, 1, 0, 0, 0], [1, 0, 0], Gain: 0, Rest: 1);
        using var classifier = Open(new UnknownHead([(ofMap, 1), (ofEmbedding, 1)], Middle: 0, Slope: 1), opset: 17);

        var unknown = classifier.Classify(Grey(159)).Unknown;

        // What is near in one value is far in the other: 3 * 0.25² times 3 * 0.75².
        var product = 3 * 0.0625f * 3 * 0.5625f;
        Assert.Equal(product / (1 + product), unknown!.Value, 1e-4f);
    }

    [Theory]
    [InlineData(17)]
    [InlineData(18)]
    public void A_share_of_the_classes_mean_is_taken_off_so_that_what_is_far_from_all_alike_is_unknown(int opset)
    {
        var distances = new ClassDistances("embedding", IsMap: false, new float[3], Means, [1, 0, 0], Gain: 0, Rest: 1);
        using var classifier = Open(new UnknownHead([(distances, 1)], Middle: 0, Slope: 1) { Relative = 0.5f }, opset);

        var unknown = classifier.Classify(Grey(159)).Unknown;

        // 3 * 0.25² from one class and 3 * 0.75² from the other.
        var (near, far) = (MathF.Log(3 * 0.0625f), MathF.Log(3 * 0.5625f));
        Assert.Equal(1 / (1 + MathF.Exp(-(near - 0.5f * (near + far) / 2))), unknown!.Value, 1e-3f);
    }

    [Fact]
    public void A_picture_that_is_its_class_s_mean_itself_is_known_not_a_number_that_is_none()
    {
        var distances = new ClassDistances("embedding", IsMap: false, new float[3], Means, [1, 0, 0], Gain: 0, Rest: 1);
        using var classifier = Open(new UnknownHead([(distances, 1)], Middle: 0, Slope: 1), opset: 17);

        Assert.Equal(0.001f, classifier.Classify(Grey(127)).Unknown!.Value, 1e-4f);
    }

    private static Classifier Open(UnknownHead head, int opset)
    {
        var model = SmallModels.ConstantHead(0, 1).AppendTo(SmallModels.Backbone());
        model.Proto.OpsetImport[0].Version = opset;
        var card = SmallModels.Card("A", "B") with { Unknown = new UnknownScore { Threshold = 0.5, How = "by distances" } };
        return new Classifier(new ModelPackage(head.AppendTo(model).ToBytes(), card));
    }

    private static Frame Grey(byte value)
    {
        var frame = new Frame(224, 224);
        frame.Rgb.AsSpan().Fill(value);
        return frame;
    }
}
