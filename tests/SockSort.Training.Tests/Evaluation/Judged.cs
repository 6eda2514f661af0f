using SockSort.Training.Evaluation;

namespace SockSort.Training.Tests.Evaluation;

/// <summary>Judgements that tests spell out.</summary>
internal static class Judged
{
    public static Judgement As(int truth, params float[] probabilities) => new()
    {
        Name = "photo.jpg",
        Label = truth < 0 ? "Running Science" : $"class-{truth}",
        Truth = truth,
        Probabilities = probabilities,
    };
}
