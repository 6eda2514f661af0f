using System.Diagnostics;
using SockSort.Cli.Output;
using SockSort.Edge.Cameras;
using SockSort.Imaging;
using SockSort.Teaching.Choosing;
using Spectre.Console;

namespace SockSort.Cli.Teach;

/// <summary>Somebody shows a sock to the camera: frames are chosen, and what to do next is said as they come.</summary>
internal sealed class ShowingASock(ICamera camera, FrameReader reader, ChooserOptions options, TextWriter output)
{
    private readonly FrameChooser _chooser = new(options);

    /// <summary>Frames looked at.</summary>
    public int Seen => _chooser.Seen;

    /// <summary>Returns the chosen frames when there are enough, the camera ends, or the time is over.</summary>
    public async Task<IReadOnlyList<Frame>> ChooseAsync(TimeSpan longest, CancellationToken cancel)
    {
        if (!Terminal.IsLive || !ReferenceEquals(output, Console.Out))
            return await ChooseAsync(longest, PlainLines(), cancel);
        return await AnsiConsole.Status().StartAsync("waiting for the camera", status => ChooseAsync(
            longest, (advice, taken) => status.Status = Markup.Escape(LineOf(advice, taken)), cancel));
    }

    private async Task<IReadOnlyList<Frame>> ChooseAsync(TimeSpan longest, Action<Advice, int> tell, CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        while (!_chooser.IsEnough && clock.Elapsed < longest && await camera.NextAsync(cancel) is { } seen)
            tell(_chooser.Look(reader.Read(seen.Picture)), _chooser.Count);
        return _chooser.Taken;
    }

    /// <summary>A line for each frame that is taken, and for each other advice when it is new.</summary>
    private Action<Advice, int> PlainLines()
    {
        Advice? before = null;
        return (advice, taken) =>
        {
            if (advice is Advice.Taken or Advice.Enough || advice != before)
                output.WriteLine(LineOf(advice, taken));
            before = advice;
        };
    }

    private string LineOf(Advice advice, int taken) => $"{taken} of {options.Wanted} frames: {Words(advice)}";

    private string Words(Advice advice) => advice switch
    {
        Advice.Taken => options.IsBackground ? "go on" : "turn it",
        Advice.ShowIt => "the scene is empty: show the sock",
        Advice.Closer => "closer",
        Advice.HoldStill => "blurred: hold it still",
        Advice.TurnIt => options.IsBackground ? "as before: wait, or change the light" : "as before: turn it",
        _ => "enough",
    };
}
