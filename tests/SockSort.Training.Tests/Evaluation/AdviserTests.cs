using SockSort.Training.Evaluation;

namespace SockSort.Training.Tests.Evaluation;

public class AdviserTests
{
    private static readonly string[] Labels = ["Google", "Mongo", "Blank"];

    [Fact]
    public void A_good_result_needs_no_advice()
    {
        Assert.Empty(Adviser.Of(new EvaluationResult(Labels, [.. Many(9, 0, 0.97f, 0.02f, 0.01f), .. Many(9, 1, 0.02f, 0.97f, 0.01f)])));
    }

    [Fact]
    public void A_label_that_is_mistaken_for_one_other_gets_photos_from_the_side_that_show_the_difference()
    {
        var advice = First([.. Many(6, 0, 0.9f, 0.05f, 0.05f), .. Many(3, 0, 0.2f, 0.7f, 0.1f)]);

        Assert.Equal(
            new Advice(
                "Google", "3 of 9 pictures were taken for Mongo",
                "add photos of Google from the side, and such that show what Mongo does not have"),
            advice);
    }

    [Fact]
    public void A_label_that_is_mistaken_for_several_gets_photos_from_the_side()
    {
        var advice = First([Judged.As(0, 0.2f, 0.7f, 0.1f), Judged.As(0, 0.2f, 0.1f, 0.7f)]);

        Assert.Equal(
            new Advice(
                "Google",
                "2 of 2 pictures were taken for Mongo (1), Blank (1)",
                "add photos of Google from the side, turned, and in a hand"),
            advice);
    }

    [Fact]
    public void Pictures_that_are_mistaken_because_they_are_dark_ask_for_dim_light()
    {
        var advice = First(
            [
                .. Many(4, 0, 0.9f, 0.05f, 0.05f).Select(judgement => judgement with { Brightness = 0.6 }),
                Judged.As(0, 0.2f, 0.7f, 0.1f) with { Brightness = 0.25 },
            ]);

        Assert.Equal(
            "add photos of Google in dim light: the mistaken ones are darker (25 % of full brightness, the others 60 %)", advice.Action);
    }

    [Fact]
    public void A_sock_that_is_taken_for_an_empty_scene_asks_for_photos_from_further_away()
    {
        Assert.Equal(
            "add photos of Google from further away: it was taken for an empty scene", First([Judged.As(0, 0.1f, 0.1f, 0.8f)]).Action);
    }

    [Fact]
    public void An_empty_scene_that_is_taken_for_a_sock_asks_for_a_folder_of_blanks()
    {
        Assert.Equal(
            "add photos of the empty scene, as the camera sees it, in a folder class-blank",
            First([Judged.As(2, 0.8f, 0.1f, 0.1f)]).Action);
    }

    [Fact]
    public void A_label_that_is_told_right_but_hardly_so_is_named()
    {
        Assert.Equal(
            new Advice("Mongo", "told right, but with only 55 % on average", "add photos of Mongo from the side and in another light"),
            First([.. Many(9, 1, 0.4f, 0.55f, 0.05f)]));
    }

    [Fact]
    public void The_weakest_label_comes_first()
    {
        var advice = Adviser.Of(new EvaluationResult(Labels, [.. Many(5, 0, 0.6f, 0.3f, 0.1f), .. Many(5, 1, 0.9f, 0.05f, 0.05f)]));

        Assert.Equal("Mongo", advice[0].Subject);
    }

    [Fact]
    public void Unknown_socks_that_look_like_known_ones_are_to_be_taught()
    {
        var advice = Adviser.Of(new EvaluationResult(Labels, [.. Many(9, 0, 0.9f, 0.05f, 0.05f), .. Many(9, -1, 0.96f, 0.02f, 0.02f)]));

        Assert.Contains(new Advice("Unknown socks", "hard to tell from known ones (AUC 0.00); Running Science is mostly taken for Google",
            "teach it: three photos of Running Science in a folder of its own are enough to begin with"), advice);
    }

    [Fact]
    public void Probabilities_that_promise_too_much_are_named()
    {
        var advice = Adviser.Of(new EvaluationResult(Labels, [.. Many(5, 0, 0.98f, 0.01f, 0.01f), .. Many(5, 1, 0.98f, 0.01f, 0.01f)]));

        Assert.Contains(advice, item => item is { Subject: "Probabilities", Finding: "it is 98 % sure on average, and right in 50 %" });
    }

    [Fact]
    public void Few_pictures_are_named_as_such()
    {
        var advice = Adviser.Of(new EvaluationResult(Labels, [.. Many(9, 0, 0.99f, 0.01f, 0), Judged.As(1, 0.01f, 0.99f, 0)]));

        Assert.Equal("1 of 2 labels were judged by fewer than 5 pictures", Assert.Single(advice).Finding);
    }

    private static Advice First(Judgement[] judgements) => Adviser.Of(new EvaluationResult(Labels, judgements))[0];

    private static IEnumerable<Judgement> Many(int count, int truth, params float[] probabilities) =>
        Enumerable.Range(0, count).Select(_ => Judged.As(truth, probabilities));
}
