using System.Globalization;
using SockSort.Dashboard.Layout;
using SockSort.Dashboard.Watching;
using SockSort.Teaching.Choosing;
using SockSort.Teaching.Photos;
using SockSort.Teaching.Sessions;
using SockSort.Teaching.Waiting;

namespace SockSort.Dashboard.Pages;

/// <summary>
/// A sock is shown to a camera, photos are kept, a model is trained, used or thrown away; who else has the page open sees it too.
/// </summary>
public sealed partial class Teach : RefreshingPage
{
    private static readonly TeachingView Nothing = new(TeachingState.Idle, null, null, 0, 0, [], null, false);

    // More pictures at once are slow on a phone, and the next come when these are named.
    private const int MostShown = 12;

    private readonly Dictionary<string, string> _names = [];
    private IReadOnlyList<WaitingFrame> _waiting = [];
    private TeachingView _view = Nothing;
    private string _name = "";
    private string? _camera;
    private bool _isMore;

    /// <inheritdoc/>
    protected override TimeSpan Every => TimeSpan.FromMilliseconds(250);

    private string? Camera => _camera ?? (Parts.Cameras.All.Count > 0 ? Parts.Cameras.All[0].Name : null);

    private string Heading => _view.State switch
    {
        TeachingState.Showing => $"Show {_view.Sock}",
        TeachingState.Training => "Training",
        TeachingState.Trained => "A new model",
        _ => "Which sock?",
    };

    /// <inheritdoc/>
    protected override void Look()
    {
        _view = Parts.Teaching?.View ?? Nothing;
        _waiting = Parts.Teaching?.Waiting.All ?? [];
    }

    private string LeftOut => Parts.Teaching!.Waiting.LeftOut is > 0 and var count ? $", {Shown.Count(count)} were left out" : "";

    private static string Said(WaitingFrame frame)
    {
        var said = string.Create(CultureInfo.InvariantCulture, $"told as {frame.Label}, {frame.Percent:0} %");
        return frame.IsCorrected ? $"{said}; corrected" : said;
    }

    private string NameOf(WaitingFrame frame) => _names.GetValueOrDefault(frame.Id) ?? frame.Suggested ?? "";

    private void Name(WaitingFrame frame)
    {
        Parts.Teaching!.NameWaiting(frame.Id, NameOf(frame));
        Look();
    }

    private void ThrowAway(WaitingFrame frame)
    {
        Parts.Teaching!.ThrowAwayWaiting(frame.Id);
        Look();
    }

    private void Begin() => Begin(_name, _isMore);

    // The empty scene may be taught again and again.
    private void BeginBlank() => Begin(SockName.Background.Label, Parts.Teaching!.Knows(SockName.Background));

    private void Begin(string name, bool isMore)
    {
        Parts.Teaching!.Begin(name, Camera!, isMore);
        Look();
        if (_view.State == TeachingState.Showing)
            (_name, _isMore) = ("", false);
    }

    private static string Words(Advice? advice) => advice switch
    {
        null => "Waiting for the camera …",
        Advice.Taken => "Good – turn it",
        Advice.ShowIt => "Show the sock",
        Advice.Closer => "Closer",
        Advice.HoldStill => "Hold it still",
        Advice.TurnIt => "Turn it",
        _ => "Enough",
    };
}
