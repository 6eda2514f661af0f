using System.CommandLine;
using SockSort.Cli.Output;
using SockSort.Training;

namespace SockSort.Cli.Commands.Train;

/// <summary>
/// The options of the training method, shared by every command that trains. They have the names of SageMaker's image classification if it
/// has them.
/// </summary>
internal static class RecipeOptions
{
    private static readonly TrainingOptions Default = new();

    private static readonly Option<int> Blocks = new Option<int>("--blocks")
    {
        Description = "Blocks of the backbone, from its end, that are learnt with the head; 0 = the head alone, without libtorch",
        DefaultValueFactory = _ => Default.Blocks,
        HelpName = "N",
    }.Within(0, 1000);

    private static readonly Option<int?> Steps = new Option<int?>("--steps")
    {
        Description = $"Steps of fine-tuning; by default {TrainingOptions.DefaultSteps}, more for more than 18 photos",
        HelpName = "N",
    }.Within(1, 100_000);

    private static readonly Option<int?> Epochs = new Option<int?>("--epochs")
    {
        Description = "How often each photo is seen in the steps, in place of --steps",
        HelpName = "N",
    }.Within(1, 100_000);

    private static readonly Option<int> MiniBatchSize = new Option<int>("--mini-batch-size")
    {
        Description = "Pictures of one step; may be more than there are photos",
        DefaultValueFactory = _ => Default.MiniBatchSize,
        HelpName = "N",
    }.Within(2, 1024);

    private static readonly Option<double> LearningRate = new Option<double>("--learning-rate")
    {
        Description = "Full learning rate of the backbone's blocks",
        DefaultValueFactory = _ => Default.LearningRate,
        HelpName = "X",
    }.Within(1e-12, 10);

    private static readonly Option<int> ImageSize = new Option<int>("--image-size")
    {
        Description = "Pixels a side of what the network sees, a multiple of 32 from 64 to 512",
        DefaultValueFactory = _ => Default.InputSize,
        HelpName = "N",
    }.Within(64, 512);

    private static readonly Option<int> Seed = new("--seed")
    {
        Description = "Same photos and seed make the same model on the same machine",
        DefaultValueFactory = _ => Default.Seed,
        HelpName = "N",
    };

    private static readonly Option<int?> Copies = new Option<int?>("--copies")
    {
        Description =
            "Changed copies of each photo that the head is learnt from, 1 to 1000; by default few before fine-tuning, "
                + "else about 1200 pictures",
        HelpName = "N",
    }.Within(1, 1000);

    private static readonly Option<double> L2 = new Option<double>("--l2")
    {
        Description = "Weight of the head's squared weights in the loss; higher carries further from the photos, lower fits them closer",
        DefaultValueFactory = _ => Default.L2,
        HelpName = "X",
    }.Within(1e-9, 1000);

    private static readonly Option<double> ValidationSplit = new Option<double>("--validation-split")
    {
        Description =
            "Share of each sock's photos, up to 0.9, that judge the model and are not learnt from; 0 = each in turn judges "
                + "heads learnt without it",
        DefaultValueFactory = _ => Default.ValidationSplit,
        HelpName = "X",
    }.Within(0, 0.9);

    private static readonly Option<int> Threads = new Option<int>("--threads")
    {
        Description = "Cores to use, 1 to 64",
        DefaultValueFactory = _ => Default.Threads,
        HelpName = "N",
    }.Within(1, 64);

    private static readonly Option<string> Device = new("--device")
    {
        Description = "cpu, or cuda where TorchSharp's CUDA package is installed (not tested)",
        DefaultValueFactory = _ => "cpu",
        HelpName = "NAME",
    };

    public static void AddTo(Command command)
    {
        Device.AcceptOnlyFromAmong("cpu", "cuda");
        foreach (var option in (Option[])[
            Blocks, Steps, Epochs, MiniBatchSize, LearningRate, ImageSize, Seed, Copies, L2, ValidationSplit, Threads, Device])
            command.Options.Add(option);
        command.Validators.Add(line =>
        {
            if (line.GetValue(Steps) is not null && line.GetValue(Epochs) is not null)
                line.AddError("--steps and --epochs say the same: give one of them");
            if (line.GetValue(ImageSize) % 32 != 0)
                line.AddError($"--image-size {line.GetValue(ImageSize)} is no multiple of 32: choose "
                    + $"{Math.Max(64, line.GetValue(ImageSize) / 32 * 32)}");
        });
    }

    public static TrainingOptions Of(ParseResult line) => new()
    {
        Blocks = line.GetValue(Blocks),
        Steps = line.GetValue(Steps),
        Epochs = line.GetValue(Epochs),
        MiniBatchSize = line.GetValue(MiniBatchSize),
        LearningRate = line.GetValue(LearningRate),
        InputSize = line.GetValue(ImageSize),
        Seed = line.GetValue(Seed),
        Copies = line.GetValue(Copies),
        L2 = line.GetValue(L2),
        ValidationSplit = line.GetValue(ValidationSplit),
        Threads = line.GetValue(Threads),
        Device = line.GetRequiredValue(Device),
    };
}
