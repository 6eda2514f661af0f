using Microsoft.AspNetCore.Components;

namespace SockSort.Dashboard.Layout;

/// <summary>A page that looks again at regular times while a browser has it open.</summary>
public abstract class RefreshingPage : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _left = new();

    /// <summary>Cancelled when the browser has left the page.</summary>
    protected CancellationToken Left => _left.Token;

    /// <summary>The time between two looks.</summary>
    protected virtual TimeSpan Every => TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public void Dispose()
    {
        Leave();
        _left.Cancel();
        _left.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Looks again; the page is drawn after it.</summary>
    protected abstract void Look();

    /// <summary>Called once when the browser leaves the page.</summary>
    protected virtual void Leave()
    {
    }

    /// <inheritdoc/>
    protected override void OnInitialized() => Look();

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender)
    {
        // Not while the page is only drawn for the first answer: nobody would end the timer.
        if (firstRender)
            _ = RefreshAsync(_left.Token);
    }

    private async Task RefreshAsync(CancellationToken left)
    {
        using var timer = new PeriodicTimer(Every);
        try
        {
            while (await timer.WaitForNextTickAsync(left))
                await InvokeAsync(LookAgain);
        }
        catch (OperationCanceledException)
        {
            // The browser has left the page.
        }
        catch (Exception error)
        {
            await DispatchExceptionAsync(error);
        }
    }

    private void LookAgain()
    {
        if (_left.IsCancellationRequested)
            return;
        Look();
        StateHasChanged();
    }
}
