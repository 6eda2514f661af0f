using SockSort.Dataset.Photos;
using SockSort.Models;
using SockSort.Models.Inference;
using SockSort.Models.Onnx;
using SockSort.Models.Tests;
using SockSort.Testing;
using SockSort.Training.Features;
using SockSort.Training.Photos;

namespace SockSort.Training.Tests.Features;

public sealed class EmbeddingExtractorTests : IDisposable
{
    private static readonly TrainingOptions Options = new() { InputSize = 64, Threads = 2 };

    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void Each_row_says_which_photo_it_shows_something_of()
    {
        Sample[] samples =
        [
            new(0, 0, -1),
            new(1, 3, 0),
            new(Class: -1, Sample.Foreign, 0),
            .. Enumerable.Range(0, 40).Select(copy => new Sample(2, Sample.Background, copy)),
        ];

        var set = Extract(SmallModels.Backbone(), samples);

        Assert.Equal([0, 3, -1], set.Seen[..3]);
        Assert.All(set.Seen[3..], photo => Assert.InRange(photo, -1, 5));
        Assert.Contains(set.Seen[3..], photo => photo >= 0);
        Assert.Contains(-1, set.Seen[3..]);
    }

    [Fact]
    public void A_backbone_that_takes_one_picture_at_a_time_gives_the_same_embeddings()
    {
        Sample[] samples = [.. Enumerable.Range(0, 8).Select(copy => new Sample(0, copy % 4, copy))];

        var one = Extract(SmallModels.Backbone(count: 1, side: 64), samples);

        Assert.Equal(Extract(SmallModels.Backbone(), samples).Values, one.Values);
    }

    [Fact]
    public void A_backbone_for_pictures_of_another_size_is_an_error_that_names_both_sizes()
    {
        var error = Assert.Throws<ModelException>(() => Extract(SmallModels.Backbone("N", side: 224), [new Sample(0, 0, -1)]));

        Assert.Equal("small.onnx: 'image' is N x 3 x 224 x 224, expected N x 3 x 64 x 64", error.Message);
    }

    [Fact]
    public void More_pictures_than_one_table_holds_are_an_error_before_the_work()
    {
        var samples = new Sample[(Array.MaxLength / 1280) + 1];

        var error = Assert.Throws<TrainingException>(() => Extract(SmallModels.RealBackbone(), samples));

        Assert.Equal(
            "1677722 pictures to learn from are too many, at most 1677721 fit into one table of embeddings: give fewer photos, "
                + "or fewer --copies of each",
            error.Message);
    }

    private EmbeddedSet Extract(OnnxModel model, Sample[] samples)
    {
        if (!Directory.Exists(_temp.File("photos")))
            Pictures.WriteTwoSocks(_temp.File("photos"));
        var (photos, _) = PhotoLoader.Load(
            PhotoSet.OfFolder(_temp.File("photos")), Options, _ => { }, TestContext.Current.CancellationToken);
        using var backbone = new Backbone(model, new InferenceOptions { Threads = 1 });
        return new EmbeddingExtractor(backbone, Options, photos).Extract(samples, 0, _ => { }, TestContext.Current.CancellationToken);
    }
}
