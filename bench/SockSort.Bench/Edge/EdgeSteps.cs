using System.Globalization;
using SockSort.Bench.Classify;
using SockSort.Imaging.Decoding;
using SockSort.Imaging.Drawing;
using SockSort.Imaging.Encoding;
using SockSort.Models.Package;

namespace SockSort.Bench.Edge;

/// <summary>What each step of a 720p frame costs by itself, in milliseconds of processor time, in its quickest round.</summary>
/// <param name="Decode">From JPEG to pixels.</param>
/// <param name="Prepare">Stretched and scaled for the network.</param>
/// <param name="Label">A copy with the label drawn on it, for the view.</param>
/// <param name="Encode">From pixels to JPEG, for the view and for frames that are kept.</param>
public sealed record EdgeSteps(double Decode, double Prepare, double Label, double Encode)
{
    public static EdgeSteps Measure(ModelPackage package, int times, int rounds, CancellationToken cancellation)
    {
        var frame = EdgePictures.Draw(1)[0];
        var jpeg = JpegWriter.Encode(frame);
        var preprocessor = package.Card.Input.CreatePreprocessor();
        var image = new float[preprocessor.TensorLength];
        using var overlay = new LabelOverlay();
        double Best(Action step) => BestOf(step, times, rounds, cancellation);
        return new EdgeSteps(
            Best(() => PictureReader.Read(jpeg, "picture")),
            Best(() => preprocessor.Fill(frame, image)),
            Best(() => overlay.Draw(new Imaging.Frame(frame.Width, frame.Height, (byte[])frame.Rgb.Clone()), "Google 97%")),
            Best(() => JpegWriter.Encode(frame)));
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"decode {Decode:0.00} ms, prepare {Prepare:0.00} ms, draw the label {Label:0.00} ms, encode {Encode:0.00} ms");

    private static double BestOf(Action step, int times, int rounds, CancellationToken cancellation)
    {
        var best = double.PositiveInfinity;
        for (var round = 0; round < rounds; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            var clock = new RoundClock();
            for (var time = 0; time < times; time++)
                step();
            best = Math.Min(best, clock.For(times).CpuMilliseconds);
        }
        return best;
    }
}
