using SockSort.Dashboard.Layout;
using SockSort.Teaching.Choosing;
using SockSort.Teaching.Photos;
using SockSort.Teaching.Sessions;

namespace SockSort.Dashboard.Pages;

/// <summary>
/// A sock is shown to a camera, photos are kept, a model is trained, used or thrown away; who else has the page open sees it too.
/// </summary>
public sealed partial class Teach : RefreshingPage
{
    private static readonly TeachingView Nothing = new(TeachingState.Idle, null, null, 0, 0, [], null, false);

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
    protected override void Look() => _view = Parts.Teaching?.View ?? Nothing;

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
