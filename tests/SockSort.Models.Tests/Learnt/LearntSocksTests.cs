using SockSort.Models.Inference;
using SockSort.Models.Learnt;

namespace SockSort.Models.Tests.Learnt;

/// <summary>Embeddings of three numbers: known socks along the first two axes, what is shown along the third.</summary>
public class LearntSocksTests
{
    private static readonly float[][] Known = [[9, 1, 1], [9, 1.2f, 1], [1, 9, 1], [1.2f, 9, 1]];
    private static readonly ShownLook[] Shown = Looks([1, 1, 9], [1.4f, 1, 9], [1, 1.4f, 9]);

    [Fact]
    public void A_frame_like_those_that_were_shown_is_told()
    {
        var answer = Stripes().Find([1.2f, 1.2f, 9]);

        Assert.Equal("Stripes", answer?.Label);
        Assert.InRange(answer!.Value.Share, 0.9f, 1);
    }

    [Theory]
    [InlineData(9, 1.1f, 1)]
    [InlineData(1.1f, 9, 1)]
    [InlineData(6, 1, 6.5f)]
    [InlineData(5, 5, 5)]
    [InlineData(0, 0, 0)]
    public void A_frame_of_a_known_sock_or_between_the_two_is_not(float first, float second, float third) =>
        Assert.Null(Stripes().Find([first, second, third]));

    [Fact]
    public void Of_two_that_were_shown_the_nearer_one_is_told()
    {
        var both = LearntSocks.Of([("Stripes", Shown), ("Dots", Looks([6, 6, -6], [6, 6.3f, -6], [6.3f, 6, -6]))], Known);

        Assert.Equal(["Stripes", "Dots"], both.Labels);
        Assert.Equal("Stripes", both.Find([1.1f, 1.1f, 9])?.Label);
        Assert.Equal("Dots", both.Find([6.1f, 6.1f, -6])?.Label);
    }

    [Fact]
    public void A_sock_most_of_whose_frames_are_like_a_known_one_is_not_told_before_a_training()
    {
        var alike = LearntSocks.Of([("Stripes", Looks([9, 1, 2], [9, 2, 1], [1, 1, 9]))], Known);
        var half = LearntSocks.Of([("Stripes", Looks([9, 1, 2], [1, 1, 9]))], Known);

        Assert.Empty(alike.Labels);
        Assert.Null(alike.Find([1, 1, 9]));
        Assert.Equal("Stripes", half.Find([1, 1, 9])?.Label);
        Assert.Null(half.Find([9, 1, 2]));
    }

    [Theory]
    [InlineData(true, 0.4f, 0.3f, 0.15f)]
    [InlineData(true, 0.1f, 0.3f, 0.4f, 0.5f)]
    [InlineData(false, 0.4f, 0.3f, 0.14f)]
    [InlineData(false, 0.1f, 0.14f, 0.3f, 0.4f)]
    public void Where_the_model_says_unknown_a_sock_is_told_unless_the_model_takes_it_for_a_known_one(bool isTold, params float[] unknown)
    {
        var shown = unknown.Select((each, number) => new ShownLook([1, 1 + 0.2f * number, 9], each)).ToArray();

        var socks = LearntSocks.Of([("Stripes", shown)], Known);

        Assert.Equal(isTold, socks.Labels.Contains("Stripes"));
        Assert.Equal(isTold, socks.Find([1, 1.1f, 9]) is not null);
    }

    [Fact]
    public void A_sock_that_the_model_does_not_know_is_told_however_near_the_known_ones_are()
    {
        var shown = Looks([9, 1, 3], [9, 1.1f, 3], [9, 1, 3.1f]).Select(look => look with { Unknown = 0.5f }).ToArray();

        var socks = LearntSocks.Of([("Stripes", shown)], Known);

        Assert.Equal("Stripes", socks.Find([9, 1.05f, 3.05f])?.Label);
        Assert.Null(socks.Find([9, 1, 1.5f]));
    }

    [Fact]
    public void Where_nothing_was_shown_nothing_is_told()
    {
        Assert.Null(LearntSocks.None.Find([1, 1, 9]));
        Assert.Same(LearntSocks.None, LearntSocks.Of([], Known));
    }

    [Fact]
    public void One_frame_is_enough_and_known_socks_need_not_be_there()
    {
        Assert.Equal("Stripes", LearntSocks.Of([("Stripes", Looks([1, 1, 9]))], []).Find([1.1f, 1, 9])?.Label);
        Assert.Equal("Stripes", LearntSocks.Of([("Stripes", Shown)], []).Find([1.1f, 1, 9])?.Label);
    }

    [Fact]
    public void What_the_model_says_comes_second()
    {
        var said = new LearntAnswer("Stripes", 0.8f).Beside(new Classification(2, "Google", 0.9f) { Unknown = 0.7f });

        Assert.Equal(("Stripes", 0.8f, "Google", null), (said.Label, said.Probability, said.SecondLabel, said.Unknown));
        Assert.Equal(0.2f, said.SecondProbability, 1e-6f);
    }

    private static ShownLook[] Looks(params float[][] embeddings) => [.. embeddings.Select(embedding => new ShownLook(embedding))];

    private static LearntSocks Stripes() => LearntSocks.Of([("Stripes", Shown)], Known);
}
