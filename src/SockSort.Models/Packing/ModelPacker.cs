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
    /// <exception cref="ModelException">The graph has another shape, ONNX Runtime refuses it, or the labels do not match.</exception>
    public static ModelPackage Pack(OnnxModel foreign, IReadOnlyList<string> labels, PackOptions options)
    {
        var picture = PictureInput.Find(foreign);
        var input = options.Input with { Size = SideOf(foreign, picture, options) };
        if (input.FindProblem() is { } problem)
            throw ModelErrors.BadInput(foreign.File, problem);
        var output = ScoreOutput.Find(foreign, options.Output);
        var (scores, hasShares, features) = Probe(foreign, picture, output, input);
        if (scores != labels.Count)
            throw ModelErrors.LabelsDiffer(foreign.File, labels.Count, output.Name, scores);
        var adapter = new GraphAdapter(foreign, picture, output, input.Size);
        var model = Adapted(adapter, input, !hasShares, scores, features);
        return new ModelPackage(model.ToBytes(), CardOf(foreign, labels, input));
    }

    private static int SideOf(OnnxModel foreign, PictureInput picture, PackOptions options)
    {
        if (picture.Side is { } declared && options.Size is { } asked && declared != asked)
            throw ModelErrors.SizeDiffers(foreign.File, declared, asked);
        return options.Size ?? picture.Side ?? throw ModelErrors.SizeUnknown(foreign.File, picture.Name);
    }

    private static (int Scores, bool HasShares, int Features) Probe(
        OnnxModel foreign, PictureInput picture, ScoreOutput output, ModelInput input)
    {
        var opened = OnnxModel.Parse(foreign.ToBytes(), foreign.File);
        if (opened.Proto.Graph.Output.All(value => value.Name != output.Features))
            opened.Proto.Graph.Output.Add(new ValueInfoProto { Name = output.Features });
        long[] shape = picture.ChannelsLast ? [1, input.Size, input.Size, 3] : [1, 3, input.Size, input.Size];
        var given = GraphProbe.Run(
            opened, picture.Name, shape, GraphProbe.Pictures(1, 3 * input.Size * input.Size, input), output.Name, output.Features);
        foreach (var (name, (found, _)) in new[] { output.Name, output.Features }.Zip(given))
        {
            if (found.Length < 2 || found[0] != 1)
                throw ModelErrors.WrongShape(foreign.File, name, found.Select(axis => $"{axis}"), "1 x C for one picture");
        }
        var shares = given[0].Values;
        var hasShares = shares.All(share => share is >= 0 and <= 1) && MathF.Abs(shares.Sum() - 1) < Tolerance;
        return (shares.Length, hasShares, given[1].Values.Length);
    }

    /// <summary>Takes any number of pictures a run where the graph can, else one.</summary>
    private static OnnxModel Adapted(GraphAdapter adapter, ModelInput input, bool withSoftmax, int labels, int features)
    {
        var single = adapter.Adapt(openBatch: false, withSoftmax, labels, features);
        var length = 3 * input.Size * input.Size;
        var images = GraphProbe.Pictures(2, length, input);
        float[] alone = [.. Run(single, 1, images[..length]), .. Run(single, 1, images[length..])];
        var open = adapter.Adapt(openBatch: true, withSoftmax, labels, features);
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

    private static ModelCard CardOf(OnnxModel foreign, IReadOnlyList<string> labels, ModelInput input) => new()
    {
        Input = input,
        Classes = [.. labels.Select(label => new ModelClass(label, null))],
        Training = new JsonObject
        {
            ["method"] = "packed from a foreign ONNX file",
            ["onnx"] = Path.GetFileName(foreign.File),
            ["producer"] = foreign.Proto.ProducerName,
        },
    };
}
