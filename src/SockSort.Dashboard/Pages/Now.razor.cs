using Microsoft.JSInterop;
using MudBlazor;
using SockSort.Dashboard.Layout;
using SockSort.Dashboard.Watching;
using SockSort.Sorting.Ledger;
using SockSort.Sorting.Topics;

namespace SockSort.Dashboard.Pages;

/// <summary>What is before the cameras, and what the ledger says.</summary>
public sealed partial class Now : RefreshingPage
{
    // As long as somebody across the room needs to look up.
    private static readonly TimeSpan PairShown = TimeSpan.FromSeconds(8);

    private SortingView _view = new();
    private PairRow? _pair;
    private PairRow? _chimed;
    private bool _sound;
    private bool _canCorrect;
    private bool _isCorrecting;
    private bool _asksLaundry;

    private DateTimeOffset Moment => Parts.Time.GetUtcNow();

    private List<LedgerRow> Odd => [.. _view.Ledger.Where(row => row.Odd > 0)];

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        base.OnInitialized();
        _chimed = _view.LastPair;
        _canCorrect = Corrections.CanBeMade;
    }

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender)
    {
        base.OnAfterRender(firstRender);
        if (firstRender)
            Feed.Changed += OnChanged;
    }

    /// <inheritdoc/>
    protected override void Leave() => Feed.Changed -= OnChanged;

    /// <inheritdoc/>
    protected override void Look()
    {
        _view = Feed.View;
        var isNew = _view.LastPair is { } pair && Moment - Shown.At(pair.FoundAtMs) < PairShown;
        _pair = isNew ? _view.LastPair : null;
        if (_pair is null || _pair == _chimed)
            return;
        _chimed = _pair;
        if (_sound)
            _ = Js.InvokeVoidAsync("sockSort.chime", Left);
    }

    private IEnumerable<string> Others(string sock) => _view.Ledger.Select(row => row.Sock).Where(other => other != sock);

    private async Task SoundAsync(bool sound)
    {
        _sound = sound;
        // A browser lets a page sound only after its user has done something: this switch is that.
        if (sound)
            await Js.InvokeVoidAsync("sockSort.chime", Left);
    }

    private async Task LaundryAsync()
    {
        if (!_asksLaundry)
        {
            _asksLaundry = true;
            return;
        }
        _asksLaundry = false;
        await CorrectAsync(Correction.New(CorrectionKind.LaundryDone), "A new count has begun");
    }

    private Task RelabelAsync(string sighting, string sock) =>
        CorrectAsync(Correction.New(CorrectionKind.Relabel) with { Sighting = sighting, Sock = sock }, $"Corrected: it was {sock}");

    private Task ForgetAsync(string sighting) =>
        CorrectAsync(Correction.New(CorrectionKind.Forget) with { Sighting = sighting }, "Forgotten");

    private Task MergeAsync((string Sock, string Into) names) => CorrectAsync(
        Correction.New(CorrectionKind.Merge) with { Sock = names.Sock, IntoSock = names.Into },
        $"{names.Sock} counts as {names.Into} from now on");

    private async Task CorrectAsync(Correction correction, string done)
    {
        _isCorrecting = true;
        var problem = await Corrections.MakeAsync(correction, Left);
        _isCorrecting = false;
        _ = problem is null
            ? Snackbar.Add(done, Severity.Success)
            : Snackbar.Add(problem, Severity.Warning);
    }

    private void OnChanged() => _ = InvokeAsync(() =>
    {
        if (Left.IsCancellationRequested)
            return;
        Look();
        StateHasChanged();
    });
}
