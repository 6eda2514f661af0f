using System.Diagnostics;
using SockSort.Models.Onnx;
using SockSort.Training.Features;
using SockSort.Training.Graph;
using SockSort.Training.Layers;
using SockSort.Training.Native;
using static TorchSharp.torch;

namespace SockSort.Training.FineTuning;

/// <summary>What came out of the steps.</summary>
/// <param name="Backbone">With the tuned weights.</param>
/// <param name="Head">The tuned head.</param>
/// <param name="Losses">Of each step.</param>
/// <param name="Times">Where the time went.</param>
internal sealed record FineTuned(OnnxModel Backbone, LinearHead Head, IReadOnlyList<float> Losses, StepTimes Times);

/// <summary>Changes the last blocks of a backbone together with a head, step by step, so that they tell these socks apart.</summary>
/// <param name="backbone">Batch normalisation folded; not changed.</param>
/// <param name="plan">What is learnt from what.</param>
/// <param name="options">Checked.</param>
internal sealed class FineTuner(OnnxModel backbone, TrainingPlan plan, TrainingOptions options)
{
    // Guessing among a thousand classes costs 7.
    private const float HighestLoss = 50;

    /// <summary>Weight of each class's photos: rare classes count more, so that each counts the same in all.</summary>
    private readonly Dictionary<int, float> _weights = plan.Photos.CountBy(photo => photo.Class).ToDictionary(
        known =>
            known.Key,
            known => Math.Clamp((float)plan.Photos.Count / (plan.Photos.DistinctBy(photo => photo.Class).Count() * known.Value), 0.1f, 10));

    /// <summary>Whether it could begin: for whoever has long work to do before.</summary>
    /// <exception cref="TrainingException">The network cannot be trained, or there is no libtorch, or not the device.</exception>
    public static void Require(OnnxModel backbone, TrainingOptions options)
    {
        var firstNode = new GraphBlocks(backbone.Proto.Graph).FirstNodeOf(options.Blocks);
        if (IsOnCpu(options) && LayerReader.Knows(backbone, firstNode))
            return;
        _ = TorchLibrary.Device(options.Device);
        new TorchPart(backbone, firstNode).Dispose();
    }

    /// <param name="head">Where the head starts.</param>
    /// <param name="checkpoint">Where to go on, and what to keep for a later run; null = neither.</param>
    /// <param name="done">Told the number of steps that are done.</param>
    /// <param name="cancel">Ends it between steps; as after the last step, the checkpoint is written before.</param>
    /// <exception cref="TrainingException">The network cannot be trained, or there is no libtorch.</exception>
    public FineTuned Run(LinearHead head, Checkpoint? checkpoint, Action<int> done, CancellationToken cancel)
    {
        var steps = options.StepsFor(plan.Photos.Count);
        var firstNode = new GraphBlocks(backbone.Proto.Graph).FirstNodeOf(options.Blocks);
        using var frozen = new FrozenRunner(backbone, firstNode, options);
        using var network = NetworkOf(firstNode, frozen.Shape, head);
        var optimizer = new AdamW(network.Parameters, options.WeightDecay);
        var losses = checkpoint?.Restore(network, optimizer) ?? [];
        using var queue = new PictureQueue(new BatchPlan(plan, options), plan.Photos, options, losses.Count, steps);
        var times = new StepTimes();
        var schedule = new LearningSchedule(steps, (int)Math.Ceiling(steps * options.WarmUp));
        try
        {
            for (var step = losses.Count; step < steps; step++)
            {
                losses.Add(Step(step, queue, frozen, network, optimizer, schedule, times, cancel));
                done(step + 1);
                checkpoint?.SaveWhenDue(network, optimizer, losses);
            }
        }
        catch (OperationCanceledException)
        {
            // Only waiting for a step's pictures can be cancelled: the network is as the last whole step left it.
            checkpoint?.Save(network, optimizer, losses);
            throw;
        }
        if (times.Steps > 0)
            checkpoint?.Save(network, optimizer, losses);
        times.Augmentation = queue.Busy;
        times.Waited = queue.Waited;
        return new FineTuned(network.WriteBack(backbone), network.Head, losses, times);
    }

    private ITunedNetwork NetworkOf(int firstNode, IReadOnlyList<long> shape, LinearHead head)
    {
        if (IsOnCpu(options) && LayerNetwork.TryMake(backbone, firstNode, shape, head, options) is { } layers)
            return layers;
        var device = TorchLibrary.Device(options.Device);
        set_num_threads(options.Threads);
        return new TunedNetwork(backbone, firstNode, head, options, device);
    }

    private static bool IsOnCpu(TrainingOptions options) => options.Device == "cpu";

    private float Step(
        int step, PictureQueue queue, FrozenRunner frozen, ITunedNetwork network, AdamW optimizer, LearningSchedule schedule,
        StepTimes times, CancellationToken cancel)
    {
        var batch = queue.Take(cancel);
        var clock = Stopwatch.GetTimestamp();
        var features = frozen.Run(batch.Images, batch.Samples.Count);
        times.Frozen += Lap(ref clock);
        var targets = Targets.Of([.. batch.Samples.Select(sample => sample.Class)], plan.Classes.Count, options.LabelSmoothing);
        var loss = network.Gradients(features, targets, [.. batch.Samples.Select(Weight)], step);
        queue.GiveBack(batch);
        times.Tuned += Lap(ref clock);
        times.Products += network.Products * batch.Samples.Count;
        optimizer.Step(network, schedule.ShareAt(step));
        times.Optimizer += Lap(ref clock);
        times.Steps++;
        return loss < HighestLoss ? loss : throw TrainingErrors.Diverged(step + 1, options.LearningRate);
    }

    /// <summary>Painted pictures come in the right number.</summary>
    private float Weight(Features.Sample sample) => sample.Photo < 0 ? 1 : _weights[sample.Class];

    private static TimeSpan Lap(ref long clock)
    {
        var begun = clock;
        clock = Stopwatch.GetTimestamp();
        return Stopwatch.GetElapsedTime(begun, clock);
    }
}
