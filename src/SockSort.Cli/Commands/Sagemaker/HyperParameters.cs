using System.Globalization;
using System.Text.Json;
using SockSort.Cli.Output;
using SockSort.Training;

namespace SockSort.Cli.Commands.Sagemaker;

/// <summary>
/// Reads <c>hyperparameters.json</c>: names of SageMaker's image classification if they apply here, otherwise those of
/// <c>socksort train</c> with underscores.
/// </summary>
internal static class HyperParameters
{
    private static readonly Dictionary<string, Func<TrainingOptions, string, TrainingOptions>> Known = new(StringComparer.Ordinal)
    {
        ["epochs"] = (options, text) => options with { Epochs = Whole(text, 1, 100_000) },
        ["steps"] = (options, text) => options with { Steps = Whole(text, 1, 100_000) },
        ["mini_batch_size"] = (options, text) => options with { MiniBatchSize = Whole(text, 2, 1024) },
        ["learning_rate"] = (options, text) => options with { LearningRate = Number(text, 1e-12, 10) },
        ["weight_decay"] = (options, text) => options with { WeightDecay = Number(text, 0, 1) },
        ["blocks"] = (options, text) => options with { Blocks = Whole(text, 0, 1000) },
        ["validation_split"] = (options, text) => options with { ValidationSplit = Number(text, 0, 0.9) },
        ["copies"] = (options, text) => options with { Copies = Whole(text, 1, 1000) },
        ["l2"] = (options, text) => options with { L2 = Number(text, 1e-9, 1000) },
        ["threads"] = (options, text) => options with { Threads = Whole(text, 1, 64) },
        ["device"] = (options, text) =>
            options with { Device = text is "cpu" or "cuda" ? text : throw new FormatException("expected cpu or cuda") },
        ["seed"] = (options, text) => options with { Seed = Whole(text, int.MinValue, int.MaxValue) },
        ["image_size"] = (options, text) => options with { InputSize = Side(text) },
        ["image_shape"] = (options, text) =>
            options with
            {
                InputSize = Side(text.Split(',') is ["3", var height, var width] && height.Trim() == width.Trim() ? height : ""),
            },
    };

    private static readonly string[] PlainDescents = ["sgd", "nag"];

    // With plain gradient descent a fine-tuning rate is 0.01; the AdamW recipe's is 6e-4.
    private const double AdamForPlain = 0.06;
    private const double HighestOfAdam = 5e-3;

    // Hyperparameters of SageMaker's image classification that the photos themselves answer, or that belong to its network.
    private static readonly string[] Unused =
    [
        "num_classes", "num_training_samples", "num_layers", "use_pretrained_model", "augmentation_type",
        "lr_scheduler_factor", "lr_scheduler_step",
        "early_stopping", "precision_dtype", "top_k", "multi_label", "momentum", "beta_1", "beta_2", "eps", "gamma", "resize",
        "checkpoint_frequency", "kv_store", "use_weighted_loss",
    ];

    /// <param name="path">The path of the file; if it does not exist, all defaults apply.</param>
    /// <returns>The options, the names that have no effect here, and notes about converted values.</returns>
    /// <exception cref="CommandException">The file is not a JSON object of strings, or a name is unknown or a value out of
    /// range.</exception>
    public static (TrainingOptions Options, IReadOnlyList<string> Unused, IReadOnlyList<string> Notes) Read(string path)
    {
        var options = new TrainingOptions();
        var unused = new List<string>();
        foreach (var (name, value) in Parse(path))
        {
            // SageMaker adds entries of its own for the container.
            if (name.StartsWith("sagemaker_", StringComparison.Ordinal) || name.StartsWith("_tuning", StringComparison.Ordinal))
                continue;
            if (name == "optimizer")
                continue;
            if (Unused.Contains(name))
                unused.Add(name);
            else
                options = Set(options, path, name, value);
        }
        var (rate, note) = RateOf(Parse(path), options.LearningRate);
        options = options with { LearningRate = rate };
        return options.Steps is null || options.Epochs is null
            ? (options, unused, [.. new[] { note }.OfType<string>()])
            : throw new CommandException($"{path}: 'steps' and 'epochs' say the same: give one of them");
    }

    /// <summary>
    /// Converts the learning rate. One for plain gradient descent is about twenty times as high as one for AdamW, which is used here, and
    /// would ruin the model.
    /// </summary>
    private static (double Rate, string? Note) RateOf(Dictionary<string, string> given, double rate)
    {
        if (!given.ContainsKey("learning_rate"))
            return (rate, null);
        // SageMaker's image classification uses sgd by default; its default rate, 0.1, is above the limit.
        var isPlain = PlainDescents.Contains(given.GetValueOrDefault("optimizer") ?? (rate > HighestOfAdam ? "sgd" : ""));
        if (!isPlain)
            return (rate, null);
        var translated = Math.Min(rate * AdamForPlain, new TrainingOptions().LearningRate);
        return (translated, FormattableString.Invariant(
            $"learning_rate {rate} is one for the optimizer {given.GetValueOrDefault("optimizer") ?? "sgd"}; ")
            + FormattableString.Invariant($"AdamW, which learns here, takes {translated:0.######} for it ")
            + "(\"optimizer\": \"adam\" takes a rate as it is; 0.0006 is the recipe's own)");
    }

    private static Dictionary<string, string> Parse(string path)
    {
        if (!File.Exists(path))
            return [];
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(File.ReadAllBytes(path))
                ?.ToDictionary(pair => pair.Key, pair => pair.Value.ToString())
                ?? throw new CommandException($"{path}: null is no JSON object of names and values");
        }
        catch (JsonException error)
        {
            throw new CommandException($"{path}: line {error.LineNumber + 1}: no JSON object of names and values", error);
        }
    }

    private static TrainingOptions Set(TrainingOptions options, string path, string name, string value)
    {
        if (!Known.TryGetValue(name, out var set))
            throw new CommandException(
                $"{path}: hyperparameter '{name}' is unknown, known are {string.Join(", ", Known.Keys.Order(StringComparer.Ordinal))}");
        try
        {
            return set(options, value);
        }
        catch (FormatException error)
        {
            throw new CommandException($"{path}: hyperparameter '{name}' is '{value}', {error.Message}", error);
        }
    }

    private static int Side(string text) =>
        Whole(text, 64, 512) is var side && side % 32 == 0 ? side : throw new FormatException("expected a multiple of 32");

    private static int Whole(string text, int low, int high) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= low && value <= high
            ? value : throw new FormatException($"expected a whole number from {low} to {high}");

    private static double Number(string text, double low, double high) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= low && value <= high
            ? value : throw new FormatException(FormattableString.Invariant($"expected a number from {low} to {high}"));
}
