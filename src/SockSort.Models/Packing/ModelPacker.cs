using System.Text.Json.Nodes;
using SockSort.Models.Onnx;
using SockSort.Models.Package;

namespace SockSort.Models.Packing;

/// <summary>Makes a package of any ONNX classifier with one picture input. The graph is run, so that what is packed also works.</summary>
public static class ModelPacker
{
    // How far a share may be from one that was computed alone; more says that the graph mixes up the pictures of a batch.
    private const float Tolerance = 1e-4f;

    /// <param name="foreign">Input float32 N x 3 x S x S or N x S x S x 3; output one score or share a label.</param>
    /// <param name="labels">Index = class.</param>
    /// <param name="options">What the file does not say.</param>
    /// <exception cref="ModelException">
    /// The graph has another shape or gives no numbers, ONNX Runtime refuses it, or the labels do not match.
    /// </exception>
    public static ModelPackage Pack(OnnxModel foreign, IReadOnlyList<string> labels, PackOptions options)
    {
        var picture = PictureInput.Find(foreign);
        var input = options.Input with { Size = SideOf(foreign, picture, options) };
        if (input.FindProblem() is { } problem)
            throw ModelErrors.BadInput(foreign.File, problem);
        var output = ScoreOutput.Find(foreign, options.Output);
        var answer = ForeignProbe.Run(foreign, picture, output, input);
        if (answer.Scores != labels.Count)
            throw ModelErrors.LabelsDiffer(foreign.File, labels.Count, output.Name, answer.Scores);
        var adapter = new GraphAdapter(foreign, picture, output, input.Size) { Together = answer.Together };
        var model = Adapted(adapter, input, answer);
        return new ModelPackage(model.ToBytes(), CardOf(foreign, labels, input, answer.Together));
    }

    private static int SideOf(OnnxModel foreign, PictureInput picture, PackOptions options)
    {
        if (picture.Side is { } declared && options.Size is { } asked && declared != asked)
            throw ModelErrors.SizeDiffers(foreign.File, declared, asked);
        return options.Size ?? picture.Side ?? throw ModelErrors.SizeUnknown(foreign.File, picture.Name);
    }

    /// <summary>Takes any number of pictures a run where the graph can, else one.</summary>
    private static OnnxModel Adapted(GraphAdapter adapter, ModelInput input, ForeignAnswer answer)
    {
        var single = adapter.Adapt(openBatch: false, !answer.HasShares, answer.Scores, answer.Features);
        var length = 3 * input.Size * input.Size;
        var images = GraphProbe.Pictures(2, length, input);
        float[] alone = [.. Run(single, 1, images[..length]), .. Run(single, 1, images[length..])];
        if (answer.Together > 1)
            return single;
        var open = adapter.Adapt(openBatch: true, !answer.HasShares, answer.Scores, answer.Features);
        try
        {
            var together = Run(open, 2, images);
            return together.Length == alone.Length && together.Zip(alone).All(pair => MathF.Abs(pair.First - pair.Second) < Tolerance)
                ? open
                : single;
        }
        catch (ModelException)
        {
            // Many exporters write the one picture of their example into the graph for good.
            return single;
        }

        float[] Run(OnnxModel model, int count, float[] pictures) =>
            GraphProbe.Run(
                model, ModelPackage.InputName, [count, 3, input.Size, input.Size], pictures, ModelPackage.ProbabilityName)[0].Values;
    }

    private static ModelCard CardOf(OnnxModel foreign, IReadOnlyList<string> labels, ModelInput input, int together)
    {
        var facts = new JsonObject
        {
            ["method"] = "packed from a foreign ONNX file",
            ["onnx"] = Path.GetFileName(foreign.File),
            ["producer"] = foreign.Proto.ProducerName,
        };
        if (together > 1)
            facts["batch"] = $"{together} pictures a run are written into the graph: each picture is run {together} times at once";
        return new ModelCard
        {
            Input = input,
            Classes = [.. labels.Select((label, number) => new ModelClass(label, null, number))],
            Training = facts,
        };
    }
}
