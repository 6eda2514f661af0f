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
        var golden = JsonDocument.Parse(File.ReadAllBytes(Repository.Shared("goldens/backbone/embeddings.json"))).RootElement.GetProperty("photos");
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
