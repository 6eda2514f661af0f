using SockSort.Models.Inference;
using SockSort.Training.Augmentation;

namespace SockSort.Training;

/// <summary>Settings of a training.</summary>
public sealed record TrainingOptions
{
    /// <summary>
    /// Steps of fine-tuning for up to 18 photos, where neither <see cref="Steps"/> nor <see cref="Epochs"/> is given; more photos take
    /// more.
    /// </summary>
    public const int DefaultSteps = 30;

    private const int PhotosOfDefault = 18;
    private const int StepsOfManyPhotos = 60;
    private const int MostDefaultSteps = 240;

    /// <summary>Same photos, same seed, same machine: same bytes of the model. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>
    /// Blocks of the backbone, counted from its end, that are learnt together with the head; 0 = the head alone. Default 8.
    /// </summary>
    public int Blocks { get; init; } = 8;

    /// <summary>
    /// Steps of fine-tuning, 1 to 100000. Default (null): what <see cref="Epochs"/> makes, else <see cref="DefaultSteps"/> and more for
    /// more photos.
    /// </summary>
    public int? Steps { get; init; }

    /// <summary>How often each photo is seen in the steps, 1 to 100000; in place of <see cref="Steps"/>.</summary>
    public int? Epochs { get; init; }

    /// <summary>Pictures of one step, painted backgrounds among them, 2 to 1024; may be more than there are photos. Default 18.</summary>
    public int MiniBatchSize { get; init; } = 18;

    /// <summary>Full learning rate of the backbone's blocks, above 0. Default 6e-4.</summary>
    public double LearningRate { get; init; } = 6e-4;

    /// <summary>Full learning rate of the head, above 0. Default 5e-3.</summary>
    public double HeadLearningRate { get; init; } = 5e-3;

    /// <summary>Share of the learning rate by which weights shrink in a step, 0 to 1. Default 1e-4.</summary>
    public double WeightDecay { get; init; } = 1e-4;

    /// <summary>Share of the steps in which the rate grows to its full value, 0 to 1. Default 0.1.</summary>
    public double WarmUp { get; init; } = 0.1;

    /// <summary>
    /// Share of a step's pictures that show a sock which is none of the classes, 0 to 0.5: so the model learns to be unsure of others.
    /// Default 0.15.
    /// </summary>
    public double Foreign { get; init; } = 0.15;

    /// <summary>Share of the embedding that is left out in a step, 0 to 0.9. Default 0.2.</summary>
    public double Dropout { get; init; } = 0.2;

    /// <summary>
    /// Changed copies of each photo, 1 to 1000. For the head alone. Default (null): as many as make about 1200 pictures, 8 to 48;
    /// fewer than 16 leave the result to the seed. Before fine-tuning the head only needs a start: 6.
    /// </summary>
    public int? Copies { get; init; }

    /// <summary>Pixels a side of what the network sees, a multiple of 32 from 64 to 512. Default 224.</summary>
    public int InputSize { get; init; } = Backbone.NativeSide;

    /// <summary>Weight of the squared weights in the loss, above 0. Default 0.3: heads that
    /// lean on few features do not carry from photos to a camera.</summary>
    public double L2 { get; init; } = 0.3;

    /// <summary>Share of each target that is spread over all classes, 0 to 0.5: keeps the model from being too sure. Default 0.1.</summary>
    public double LabelSmoothing { get; init; } = 0.1;

    /// <summary>Cores to use, 1 to 64. Default: all, at most 4.</summary>
    public int Threads { get; init; } = Math.Clamp(Environment.ProcessorCount, 1, 4);

    /// <summary>
    /// Share of each class's photos, 0 to 0.9, that judge the model and are not learnt from: at least one of a class, and at least one is
    /// left to learn from.
    /// 0 = none. Default 0.
    /// </summary>
    public double ValidationSplit { get; init; }

    /// <summary>
    /// Where torch computes: <c>cpu</c>, or <c>cuda</c> where TorchSharp's CUDA package is installed (not tested). Default cpu.
    /// </summary>
    public string Device { get; init; } = "cpu";

    /// <summary>How far photos are changed.</summary>
    public AugmentationOptions Augmentation { get; init; } = new();

    internal int CopiesFor(int photos) => Copies ?? (Blocks == 0 ? Math.Clamp(1200 / photos, 8, 48) : 6);

    internal int StepsFor(int photos) =>
        Steps
            ?? (Epochs is { } epochs
                ? (int)Math.Min(100_000, ((long)epochs * photos + MiniBatchSize - 1) / MiniBatchSize)
                : StepsByPhotos(photos));

    /// <summary>
    /// Up to 72 photos each is seen as often; then steps grow with the root of their number: many photos teach each other's class.
    /// </summary>
    private static int StepsByPhotos(int photos)
    {
        var share = (double)photos / PhotosOfDefault;
        var steps = Math.Min(DefaultSteps * share, StepsOfManyPhotos * Math.Sqrt(share));
        return Math.Clamp((int)Math.Round(steps), DefaultSteps, MostDefaultSteps);
    }

    internal void Check()
    {
        InRange(nameof(Blocks), Blocks, 0, 1000);
        InRange(nameof(Steps), Steps ?? 1, 1, 100_000);
        InRange(nameof(Epochs), Epochs ?? 1, 1, 100_000);
        InRange(nameof(MiniBatchSize), MiniBatchSize, 2, 1024);
        InRange(nameof(LearningRate), LearningRate, 1e-12, 10);
        InRange(nameof(HeadLearningRate), HeadLearningRate, 1e-12, 10);
        InRange(nameof(WeightDecay), WeightDecay, 0, 1);
        InRange(nameof(WarmUp), WarmUp, 0, 1);
        InRange(nameof(Foreign), Foreign, 0, 0.5);
        InRange(nameof(Dropout), Dropout, 0, 0.9);
        InRange(nameof(Copies), Copies ?? 1, 1, 1000);
        InRange(nameof(InputSize), InputSize, 64, 512);
        ArgumentOutOfRangeException.ThrowIfNotEqual(InputSize % Backbone.SideStep, 0, nameof(InputSize));
        InRange(nameof(L2), L2, 1e-9, 1e3);
        InRange(nameof(LabelSmoothing), LabelSmoothing, 0, 0.5);
        InRange(nameof(ValidationSplit), ValidationSplit, 0, 0.9);
        InRange(nameof(Threads), Threads, 1, 64);
    }

    private static void InRange(string name, double value, double low, double high)
    {
        if (!(value >= low && value <= high))
            throw new ArgumentOutOfRangeException(name, value, $"expected {low} to {high}");
    }
}
