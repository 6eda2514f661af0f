using SockSort.Training.Evaluation;

namespace SockSort.Training.Tests.Evaluation;

public class EvaluationResultTests
{
    private static readonly string[] Labels = ["A", "B", "C"];

    /// <summary>A twice right; B once right, once taken for A with B second; C taken for A with C last; one unknown.</summary>
    private static readonly EvaluationResult Result = new(Labels,
    [
        Judged.As(0, 0.9f, 0.05f, 0.05f),
        Judged.As(0, 0.6f, 0.2f, 0.2f),
        Judged.As(1, 0.1f, 0.8f, 0.1f),
        Judged.As(1, 0.5f, 0.4f, 0.1f),
        Judged.As(2, 0.7f, 0.2f, 0.1f),
        Judged.As(Judgement.NotTaught, 0.55f, 0.25f, 0.2f),
    ]);

    [Fact]
    public void Accuracy_and_top2_are_over_known_labels()
    {
        Assert.Equal((5, 1, 3), (Result.Known, Result.Unknown, Result.Right));
        Assert.Equal(0.6, Result.Accuracy);
        Assert.Equal(0.8, Result.Top2);
    }

    [Fact]
    public void Each_class_has_precision_recall_and_F1()
    {
        Assert.Equal(
            [
                new ClassScore("A", 2, 2, Precision: 0.5, Recall: 1),
                new ClassScore("B", 2, 1, Precision: 1, Recall: 0.5),
                new ClassScore("C", 1, 0, Precision: null, Recall: 0),
            ],
            Result.Classes);
        Assert.Equal([2 / 3.0, 2 / 3.0, 0], Result.Classes.Select(known => known.F1!.Value), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal(4 / 9.0, Result.MacroF1!.Value, 1e-12);
    }

    [Fact]
    public void A_class_without_pictures_has_no_recall_and_is_left_out_of_the_mean()
    {
        var result = new EvaluationResult(Labels, [Judged.As(0, 1, 0, 0), Judged.As(1, 0, 1, 0)]);

        Assert.Null(result.Classes[2].Recall);
        Assert.Null(result.Classes[2].F1);
        Assert.Equal(1, result.MacroF1);
    }

    [Fact]
    public void The_confusion_matrix_has_a_row_for_each_unknown_label_too()
    {
        Assert.Equal(["A", "B", "C", "Running Science"], Result.Confusion.Rows.Select(row => row.Label));
        Assert.Equal([[2, 0, 0], [1, 1, 0], [1, 0, 0], [1, 0, 0]], Result.Confusion.Rows.Select(row => row.Said));
        Assert.Equal([2, 1, 0, 0], Result.Confusion.Rows.Select(row => row.Right));
    }

    [Fact]
    public void Spellings_of_one_unknown_label_share_a_row()
    {
        var result = new EvaluationResult(Labels,
            [Judged.As(-1, 1, 0, 0) with { Label = "Running Science" }, Judged.As(-1, 0, 1, 0) with { Label = "class-running_science" }]);

        Assert.Equal([1, 1, 0], Assert.Single(result.Confusion.Rows, row => row.Class < 0).Said);
    }

    [Fact]
    public void Auc_tells_known_from_unknown_by_the_highest_probability()
    {
        // 0.9, 0.6, 0.8 and 0.7 are above 0.55, 0.5 is below.
        Assert.Equal(0.8, Result.Auc!.Value, 1e-12);
    }

    [Fact]
    public void Figures_of_nothing_are_unknown()
    {
        var result = new EvaluationResult(Labels, [Judged.As(-1, 1, 0, 0)]);

        Assert.Equal(
            (null, null, null, null, null), (result.Accuracy, result.Top2, result.MacroF1, result.Auc, result.Reliability.ExpectedError));
    }

    [Fact]
    public void Of_equal_probabilities_the_first_label_is_said()
    {
        var judgement = Judged.As(1, 0.4f, 0.4f, 0.2f);

        Assert.Equal((0, 1, false), (judgement.Said, judgement.Rank, judgement.IsRight));
    }

    [Fact]
    public void Metrics_json_begins_with_accuracy_and_auc()
    {
        var json = MetricsJson.Of(Result);

        Assert.Equal(["accuracy", "auc"], json.Select(entry => entry.Key).Take(2));
        Assert.Equal("0.6", json["accuracy"]!.ToJsonString());
        Assert.Equal("0.8", json["auc"]!.ToJsonString());
        Assert.Equal("""{"label":"Running Science","known":false,"said":[1,0,0]}""", json["confusion"]![3]!.ToJsonString());
        Assert.Equal("""{"label":"C","photos":1,"right":0,"precision":null,"recall":0,"f1":0}""", json["classes"]![2]!.ToJsonString());
        Assert.Null(json["judgements"]![5]!["truth"]);
    }

    [Fact]
    public void An_unknown_figure_is_null_in_metrics_json()
    {
        var json = MetricsJson.Of(new EvaluationResult(Labels, [Judged.As(0, 1, 0, 0)]));

        Assert.True(json.ContainsKey("auc"));
        Assert.Null(json["auc"]);
    }
}
