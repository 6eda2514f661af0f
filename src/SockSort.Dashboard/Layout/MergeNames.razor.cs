using Microsoft.AspNetCore.Components;

namespace SockSort.Dashboard.Layout;

/// <summary>Says that two names are of one sock. What is merged stays merged, so it is asked for twice.</summary>
public sealed partial class MergeNames
{
    private string _goes = "";
    private string _left = "";
    private bool _asks;

    /// <summary>The names that socks were seen by.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<string> Names { get; set; } = [];

    /// <summary>Whether a correction is on its way.</summary>
    [Parameter]
    public bool IsBusy { get; set; }

    /// <summary>Called with the name that goes and the one that is left.</summary>
    [Parameter, EditorRequired]
    public EventCallback<(string Sock, string Into)> OnMerge { get; set; }

    private bool CanMerge => _goes != "" && _left != "" && _goes != _left;

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        // Somebody else may have merged one of them meanwhile.
        if (Names.Contains(_goes) && Names.Contains(_left))
            return;
        _asks = false;
        (_goes, _left) = (Known(_goes), Known(_left));
    }

    private void Goes(ChangeEventArgs choice) => (_goes, _asks) = (Known(choice.Value), false);

    private void IsLeft(ChangeEventArgs choice) => (_left, _asks) = (Known(choice.Value), false);

    private string Known(object? name) => Names.FirstOrDefault(known => known.Equals(name)) ?? "";

    private async Task MergeAsync()
    {
        if (!CanMerge)
            return;
        if (!_asks)
        {
            _asks = true;
            return;
        }
        var names = (_goes, _left);
        (_goes, _left, _asks) = ("", "", false);
        await OnMerge.InvokeAsync(names);
    }
}
