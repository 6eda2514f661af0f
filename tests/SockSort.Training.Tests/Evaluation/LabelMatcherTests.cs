using SockSort.Training.Evaluation;

namespace SockSort.Training.Tests.Evaluation;

public class LabelMatcherTests
{
    private static readonly LabelMatcher Matcher = new(["Google", "Streamset", "Running Science", "Blank"]);

    [Theory]
    [InlineData("Google", 0)]
    [InlineData("google", 0)]
    [InlineData("class-google", 0)]
    [InlineData("Class-GOOGLE", 0)]
    [InlineData(" google ", 0)]
    [InlineData("Googles", 0)]
    [InlineData("StreamSets", 1)]
    [InlineData("class-streamsets", 1)]
    [InlineData("runningscience", 2)]
    [InlineData("running_science", 2)]
    [InlineData("class-running-science", 2)]
    [InlineData("BLANK", 3)]
    [InlineData("Mongo", Judgement.NotTaught)]
    [InlineData("Goog", Judgement.NotTaught)]
    [InlineData("", Judgement.NotTaught)]
    public void Labels_match_without_case_prefix_blanks_and_plural(string label, int index)
    {
        Assert.Equal(index, Matcher.Find(label));
    }

    [Theory]
    [InlineData("Dot", 0)]
    [InlineData("Dots", 1)]
    [InlineData("class-dots", 1)]
    [InlineData("DOT", 0)]
    public void The_closest_of_two_similar_labels_is_meant(string label, int index)
    {
        Assert.Equal(index, new LabelMatcher(["Dot", "Dots"]).Find(label));
    }

    [Fact]
    public void A_label_that_means_two_labels_equally_well_is_an_error_that_names_both()
    {
        var error = Assert.Throws<EvaluationException>(() => new LabelMatcher(["Dots", "DOTS"]).Find("dots"));

        Assert.Equal("the label 'dots' may mean 'Dots' or 'DOTS' of the model; write it as the model does", error.Message);
    }
}
