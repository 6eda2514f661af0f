namespace SockSort.Training;

internal static class TrainingErrors
{
    public static TrainingException NoTorch(string platform) =>
        new($"libtorch is not in the program's folder (this machine is {platform}; packages are there for linux-x64): "
            + "train on such a machine and bring the model here, or train the head alone with --blocks 0");

    public static TrainingException TorchRefused(Exception cause) =>
        new($"libtorch cannot be loaded ({FirstLine(cause.Message)}); --blocks 0 trains the head alone, without it", cause);

    public static TrainingException NoCuda() =>
        new("--device cuda: no CUDA device, or TorchSharp's CUDA package (libtorch-cuda) is not in the program's folder; "
            + "--device cpu needs neither");

    public static TrainingException RuntimeRefused(string file, Exception cause) =>
        new($"{file}: ONNX Runtime refuses the model ({FirstLine(cause.Message)})", cause);

    public static TrainingException UnknownOperator(string file, string node, string name, IEnumerable<string> known) =>
        new($"{file}: operator '{name}' of node '{node}' cannot be trained, known are "
            + $"{string.Join(", ", known.Order(StringComparer.Ordinal))}; "
            + "fewer --blocks may leave it in the frozen part, --blocks 0 trains the head alone");

    public static TrainingException UnknownForm(string node, string name, string what) =>
        new($"node '{node}': {name} with {what} cannot be trained; fewer --blocks may leave it in the frozen part, --blocks "
            + "0 trains the head alone");

    public static TrainingException BadTensor(string name, int type, string expected) =>
        new($"tensor '{name}' is of ONNX's type {type} or not as long as its shape says, expected {expected}");

    public static TrainingException TooManyPictures(int pictures, int most) =>
        new($"{pictures} pictures to learn from are too many, at most {most} fit into one table of embeddings: give fewer photos, "
            + "or fewer --copies of each");

    public static TrainingException Diverged(int step, double rate) =>
        new($"the loss of step {step} is far above that of guessing: the learning rate {rate} is too high for these photos, try "
            + "a lower --learning-rate");

    public static TrainingException NotFinite(string weights) =>
        new($"the weights '{weights}' hold NaN or infinity after the training: no model is written; try a lower --learning-rate, or "
            + "--blocks 0 for the head alone");

    /// <param name="described">What the best model does.</param>
    /// <param name="rate">The last learning rate that was tried.</param>
    public static TrainingException NothingGood(string described, double rate) =>
        new(FormattableString.Invariant($"no good model came out, and none is written: {described} (learning rate {rate}); ")
            + "look at the photos with 'socksort dataset check', and leave --learning-rate, --steps and --image-size as they are");

    private static string FirstLine(string text) => text.Split('\n')[0].Trim().TrimEnd('.');
}
