using System.Runtime.InteropServices;

namespace SockSort.Models;

internal static class ModelErrors
{
    private const string MakeOne = "'socksort train --data DIR --out model.tar.gz' makes one";

    public static ModelException Missing(string file) => new(file, $"no such file, expected a model package; {MakeOne}");

    public static ModelException FileTooLarge(string file, long lengthBytes, long mostBytes) =>
        new(file, $"has {lengthBytes} bytes, at most {mostBytes} are read as a package");

    public static ModelException NoVersionsOfFolder(string file) =>
        new(file, "is a folder, and only a package in one file has versions; pack it with 'socksort model use FOLDER --model "
            + "model.tar.gz'");

    public static ModelException VersionUnknown(string model, string version, IEnumerable<string> known) =>
        new(model, $"no version '{version}' is kept and there is no such file; kept are {Listed(known)}");

    public static ModelException VersionAmbiguous(string model, string version, IEnumerable<string> meant) =>
        new(model, $"'{version}' begins several versions: {Listed(meant)}; write more of the one you mean");

    public static ModelException VersionDamaged(string file, string version) =>
        new(file, $"is not version {version} any more: it was changed or damaged; delete it, and put a whole copy there");

    public static ModelException NothingBefore(string model) =>
        new(model, "no version was in use before this one; 'socksort model list' shows which are kept");

    public static ModelException EarlierGone(string model, string version, string folder) =>
        new(model, $"version {version}, which was in use before, is no longer kept in {folder}; 'socksort model list' shows which are");

    public static ModelException VersionsBusy(string model, string file) =>
        new(model, $"another program is changing its versions ({file} is locked); try again when it is done");

    public static ModelException NotPlaced(string file, Exception cause) =>
        new(file, $"cannot be written ({cause.Message}); what was in use stays in use", cause);

    public static ModelException BackboneMissing(string file) =>
        new(file, "no such file, expected the backbone as ONNX; it lies in the repository as models/efficientnet-lite0.onnx");

    public static ModelException NotReadable(string file, Exception cause) => new(file, $"cannot be opened ({cause.Message})", cause);

    public static ModelException CutOff(string file, Exception? cause) =>
        new(file, $"the archive is cut off or no tar.gz; copy it again, or make it again ({MakeOne})", cause);

    public static ModelException ForeignEntry(string file, string entry, IEnumerable<string> known) =>
        new(file, $"holds '{entry}', expected nothing but {string.Join(", ", known)}");

    public static ModelException TwiceEntry(string file, string entry) => new(file, $"holds '{entry}' twice, expected it once");

    public static ModelException EntryMissing(string file, string entry) => new(file, $"holds no '{entry}'; {MakeOne}");

    public static ModelException EntryTooLarge(string file, string entry, long lengthBytes, long mostBytes) =>
        new(file, $"'{entry}' has {lengthBytes} bytes, at most {mostBytes} are read");

    public static ModelException Bomb(string file, long mostBytes) =>
        new(file, $"unpacks to more than {mostBytes} bytes, which no model package needs; {MakeOne}");

    public static ModelException HashDiffers(string file, string entry) =>
        new(file, $"'{entry}' does not have the SHA-256 that model.json names: it was changed or damaged; {MakeOne}");

    public static ModelException BadCard(string file, string detail, Exception? cause = null) => new(file, $"model.json: {detail}", cause);

    public static ModelException NoLabels(string file, bool inPackage) =>
        new(file, $"{(inPackage ? "labels.txt" : "the file")} is empty, expected one label a line");

    public static ModelException TwiceLine(string file, string label) => new(file, $"the label '{label}' stands there twice");

    public static ModelException BlankLine(string file, int line, bool inPackage) =>
        new(file, inPackage ? $"labels.txt:{line}: empty line, expected a label" : $"line {line} is empty, expected a label");

    public static ModelException TwiceLabel(string file, string label) => new(file, $"labels.txt: label '{label}' stands there twice");

    public static ModelException LabelsDiffer(string file, int labels, long outputs) =>
        new(file, $"labels.txt has {labels} labels, but the output 'probability' of model.onnx has {outputs}; they must be equal");

    public static ModelException LabelsDiffer(string file, int labels, string output, int scores) =>
        new(file, $"there are {labels} labels, but the output '{output}' has {scores} scores; there must be one label a "
            + "score, in the scores' order");

    public static ModelException OnnxMissing(string file) => new(file, "no such file, expected a classifier as ONNX");

    public static ModelException LabelsMissing(string file) =>
        new(file, "no such file, expected one label a line, in the order of the model's scores");

    public static ModelException NotOneInput(string file, IEnumerable<string> inputs) =>
        new(file, $"has the inputs {Quoted(inputs)}, expected one picture and nothing else");

    public static ModelException NotFloat(string file, string name) =>
        new(file, $"'{name}' does not hold float32 numbers, which are the only ones that can be packed; export the model again with "
            + "float32 input and output");

    public static ModelException BadInput(string file, string problem) => new(file, problem);

    public static ModelException SizeDiffers(string file, int declared, int asked) =>
        new(file, $"takes pictures of {declared} x {declared}, but --size is {asked}; leave --size out, or export the model for that size");

    public static ModelException SizeUnknown(string file, string input) =>
        new(file, $"does not say how large the pictures of '{input}' are; give --size S, as it was trained with");

    public static ModelException SeveralOutputs(string file, IEnumerable<string> outputs) =>
        new(file, $"has the outputs {Quoted(outputs)}; say with --output which one holds the scores");

    public static ModelException Sigmoid(string file, string output) =>
        new(file, $"'{output}' comes from a Sigmoid: it gives each label a share of its own, where exactly one label "
            + "per picture is expected");

    public static ModelException NotFinite(string file, string output) =>
        new(file, $"'{output}' holds NaN or infinity for a picture as --mean and --scale make it, so that no label can be told; give those "
            + "that it was trained with, or export it in float32");

    public static ModelException NoProbability(string file) =>
        new(file, "gives NaN or infinity in place of probabilities for this picture: it was damaged by its training or its conversion to "
            + "smaller numbers; train or export it again");

    public static ModelException ExternalMissing(string file, string name) =>
        new(file, $"its weights lie in '{name}', which is not beside it: copy both files into one folder");

    public static ModelException ExternalOutside(string file, string name) =>
        new(file, $"its weights lie in '{name}', outside of its folder, which is not read; export it again with its data beside it");

    public static ModelException ExternalCutOff(string file, string name, long lengthBytes, string tensor, long neededBytes) =>
        new(file, $"'{name}' beside it has {lengthBytes} bytes, but the weights '{tensor}' end at {neededBytes}: it is cut off or belongs "
            + "to another model; copy both files again");

    public static ModelException ExternalTooLarge(string file, string name, long lengthBytes, long mostBytes) =>
        new(file, $"has {lengthBytes} bytes of weights in '{name}', at most {mostBytes} are read");

    public static ModelException NotOnnx(string file, Exception? cause) => new(file, "not an ONNX model, or cut off", cause);

    public static ModelException NoValue(string file, string kind, string name, IEnumerable<string> known) =>
        new(file, $"has no {kind} '{name}', only {Quoted(known)}");

    public static ModelException WrongShape(string file, string name, IEnumerable<string> shape, string expected) =>
        new(file, $"'{name}' is {string.Join(" x ", shape)}, expected {expected}");

    public static ModelException TelemetryStaysOn(string variable) =>
        new("ONNX Runtime", $"its telemetry cannot be turned off: the environment variable {variable} cannot be set (error "
            + $"{Marshal.GetLastPInvokeError()})");

    public static ModelException RuntimeRefused(string file, Exception cause) =>
        new(file, $"ONNX Runtime refuses the model ({InOneLine(cause.Message)})", cause);

    private static string Listed(IEnumerable<string> versions)
    {
        var text = string.Join(", ", versions);
        return text.Length > 0 ? text : "none";
    }

    /// <summary>The reason often stands in the lines behind the first.</summary>
    private static string InOneLine(string message) =>
        string.Join(' ', message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).TrimEnd('.');

    private static string Quoted(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"'{name}'"));
}
