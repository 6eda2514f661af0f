using System.Text.Json;
using SockSort.Imaging.Decoding;
using SockSort.Imaging.Kernels;
using SockSort.Models.Inference;
using SockSort.Testing;

namespace SockSort.Models.Tests.Inference;

public class BackboneTests
{
    [Fact]
    public void The_embeddings_of_the_sample_photos_are_PyTorchs_within_a_thousandth()
    {
        var golden = JsonDocument.Parse(
            File.ReadAllBytes(Repository.Shared("goldens/backbone/embeddings.json"))).RootElement.GetProperty("photos");
        var photos = Repository.Shared("data/sock-photos");
        var names = golden.EnumerateObject().Select(photo => photo.Name).ToArray();
        using var backbone = new Backbone(SmallModels.RealBackbone(), new InferenceOptions { Threads = 2 });
        using var batch = backbone.CreateBatch(names.Length);
        var preprocessor = new Preprocessor(Backbone.NativeSide);

        for (var i = 0; i < names.Length; i++)
            preprocessor.Fill(PictureReader.Read(Path.Combine(photos, names[i])), batch.Image(i));
        batch.Run();

        Assert.Equal(18, names.Length);
        Assert.All(names.Select((name, index) => (name, index)), photo =>
            Assert.InRange(Distance(golden.GetProperty(photo.name), batch.Embedding(photo.index)), 0, 1e-3f));
    }

    [Fact]
    public void A_batch_gives_each_picture_the_embedding_that_it_has_alone()
    {
        using var backbone = new Backbone(SmallModels.RealBackbone(), new InferenceOptions { Threads = 1 });
        using var four = backbone.CreateBatch(4, side: 64);
        using var one = backbone.CreateBatch(1, side: 64);
        for (var i = 0; i < 4; i++)
            four.Image(i).Fill(i * 0.2f);
        four.Image(2).CopyTo(one.Image(0));

        four.Run();
        one.Run();

        Assert.Equal(one.Embedding(0).ToArray(), four.Embedding(2).ToArray(), (a, b) => MathF.Abs(a - b) < 1e-4f);
        Assert.NotEqual(four.Embedding(1).ToArray(), four.Embedding(2).ToArray());
    }

    [Fact]
    public void A_backbone_that_takes_one_picture_at_a_time_gives_each_its_own_embedding()
    {
        using var backbone = new Backbone(SmallModels.Backbone(count: 1, side: 64), new InferenceOptions { Threads = 1 });
        using var batch = backbone.CreateBatch(3, side: 64);
        for (var i = 0; i < 3; i++)
            batch.Image(i).Fill(i);

        batch.Run();

        Assert.Equal([0, 1, 2], Enumerable.Range(0, 3).Select(i => batch.Embedding(i)[0]));
    }

    [Theory]
    [InlineData("N", 224, "'image' is N x 3 x 224 x 224, expected N x 3 x 256 x 256")]
    [InlineData(8, 256, "'image' is 8 x 3 x 256 x 256, expected N x 3 x 256 x 256")]
    public void A_backbone_that_takes_other_pictures_is_refused(object count, int side, string problem)
    {
        using var backbone = new Backbone(SmallModels.Backbone(count, side), new InferenceOptions { Threads = 1 });

        var error = Assert.Throws<ModelException>(() => backbone.CreateBatch(4, side: 256));

        Assert.Equal($"small.onnx: {problem}", error.Message);
    }

    [Fact]
    public void A_graph_that_cannot_be_run_on_the_pictures_names_its_file()
    {
        using var backbone = new Backbone(SmallModels.BackboneOfOnePixel(), new InferenceOptions { Threads = 1 });
        using var batch = backbone.CreateBatch(2, side: 64);

        var error = Assert.Throws<ModelException>(batch.Run);

        Assert.StartsWith("small.onnx: ONNX Runtime refuses the model (", error.Message);
    }

    private static float Distance(JsonElement expected, ReadOnlySpan<float> actual)
    {
        var values = expected.EnumerateArray().Select(value => value.GetSingle()).ToArray();
        Assert.Equal(values.Length, actual.Length);
        var largest = 0f;
        for (var i = 0; i < values.Length; i++)
            largest = MathF.Max(largest, MathF.Abs(values[i] - actual[i]));
        return largest;
    }
}
