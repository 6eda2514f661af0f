using SockSort.Models.Inference;
using SockSort.Models.Package;

namespace SockSort.Models.Tests.Inference;

public class RejectionRuleTests
{
    private static readonly UnknownScore Score = new() { Threshold = 0.5, How = "by distances" };

    [Theory]
    [InlineData(0.49f, false)]
    [InlineData(0.5f, true)]
    public void A_model_with_an_output_of_its_own_tells_by_it_however_sure_it_is_of_a_label(float unknown, bool rejected)
    {
        var rule = RejectionRule.Of(SmallModels.Card("A") with { Unknown = Score, RejectionThreshold = 0.9 })!;

        Assert.Equal(rejected, rule.Rejects(new Classification(0, "A", 0.99f) { Unknown = unknown }));
    }

    [Theory]
    [InlineData(0.59f, true)]
    [InlineData(0.61f, false)]
    public void An_older_package_tells_by_the_highest_probability(float probability, bool rejected)
    {
        var rule = RejectionRule.Of(SmallModels.Card("A") with { RejectionThreshold = 0.6 })!;

        Assert.Equal(rejected, rule.Rejects(new Classification(0, "A", probability)));
    }

    [Fact]
    public void A_package_without_a_threshold_has_no_rule() => Assert.Null(RejectionRule.Of(SmallModels.Card("A")));

    [Fact]
    public void A_classification_has_the_second_label_with_its_probability_and_none_where_there_is_one_label()
    {
        var two = Classification.Of(["A", "B", "C"], [0.2f, 0.7f, 0.1f], unknown: 0.25f);
        var one = Classification.Of(["A"], [1], unknown: null);

        Assert.Equal(("B", "A", 0.2f, 0.25f), (two.Label, two.SecondLabel, two.SecondProbability, two.Unknown));
        Assert.Equal(("A", null, 0, null), (one.Label, one.SecondLabel, one.SecondProbability, one.Unknown));
    }
}
