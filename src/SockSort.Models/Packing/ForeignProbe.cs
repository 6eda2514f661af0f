using SockSort.Models.Onnx;
using SockSort.Models.Package;

namespace SockSort.Models.Packing;

/// <summary>Runs a foreign graph as it is, on a few made-up pictures, and says what it gives.</summary>
internal static class ForeignProbe
{
    // Pictures that differ; what holds for all of them is no chance.
    private const int Tries = 6;

    // Sums of shares in half precision stray so far.
    private const float ShareTolerance = 2e-3f;

    /// <exception cref="ModelException">ONNX Runtime refuses the graph, or it gives no row of finite numbers a picture.</exception>
    public static ForeignAnswer Run(OnnxModel foreign, PictureInput picture, ScoreOutput output, ModelInput input)
    {
        var opened = Opened(foreign, picture, output);
        try
        {
            return Run(opened, picture, output, input, together: 1);
        }
        catch (ModelException) when (picture.Batch > 1)
        {
            // The declared number of pictures is often no more than the exporter's example; here it is written into the graph.
            return Run(opened, picture, output, input, picture.Batch);
        }
    }

    private static ForeignAnswer Run(OnnxModel opened, PictureInput picture, ScoreOutput output, ModelInput input, int together)
    {
        var length = 3 * input.Size * input.Size;
        var pictures = GraphProbe.Pictures(Tries, length, input);
        var rows = new List<float[]>();
        var features = 0;
        for (var at = 0; at < Tries; at++)
        {
            var run = Enumerable.Repeat(pictures[(at * length)..((at + 1) * length)], together).SelectMany(image => image).ToArray();
            var given = GraphProbe.Run(opened, picture.Name, picture.ShapeOf(together, input.Size), run, output.Name, output.Features);
            foreach (var (name, (found, values)) in new[] { output.Name, output.Features }.Zip(given))
                Check(opened.File, name, found, values, together);
            rows.Add(given[0].Values[..(given[0].Values.Length / together)]);
            features = given[1].Values.Length / together;
        }
        // The graph says it where it can; where it makes shares in another way, all the pictures do.
        return new ForeignAnswer(rows[0].Length, output.HasSoftmax || rows.TrueForAll(AreShares), features, together);
    }

    private static void Check(string file, string name, long[] shape, float[] values, int together)
    {
        if (shape.Length < 2 || shape[0] != together)
            throw ModelErrors.WrongShape(file, name, shape.Select(axis => $"{axis}"), "1 x C for one picture");
        if (!Array.TrueForAll(values, float.IsFinite))
            throw ModelErrors.NotFinite(file, name);
    }

    private static bool AreShares(float[] shares) =>
        shares.All(share => share is >= 0 and <= 1) && MathF.Abs(shares.Sum() - 1) < ShareTolerance;

    /// <summary>With the features among the outputs, and open to any number of pictures.</summary>
    private static OnnxModel Opened(OnnxModel foreign, PictureInput picture, ScoreOutput output)
    {
        var opened = foreign.Copy();
        var graph = opened.Proto.Graph;
        if (graph.Output.All(value => value.Name != output.Features))
            graph.Output.Add(new ValueInfoProto { Name = output.Features });
        if (picture.Batch == 1)
            return opened;
        // Shapes that were declared for several pictures would contradict one.
        graph.ValueInfo.Clear();
        foreach (var value in graph.Output.Append(graph.Input.Single(value => value.Name == picture.Name)))
        {
            if (OnnxModel.ShapeOf(value) is [{ HasDimValue: true } first, ..])
                first.ClearDimValue();
        }
        return opened;
    }
}
