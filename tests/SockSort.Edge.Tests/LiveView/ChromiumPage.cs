using Microsoft.Playwright;

namespace SockSort.Edge.Tests.LiveView;

/// <summary>A page in chromium, and what it complains of.</summary>
internal sealed class ChromiumPage : IAsyncDisposable
{
    // As long as a busy machine needs.
    private const int LongestMs = 120_000;

    public ChromiumPage(IPage page)
    {
        Page = page;
        page.SetDefaultTimeout(LongestMs);
        page.Console += (_, message) => Complaints.Add(message.Text);
        page.PageError += (_, error) => Complaints.Add(error);
    }

    public IPage Page { get; }

    public List<string> Complaints { get; } = [];

    /// <summary>Opens an address; the stream never ends, so nothing waits for that.</summary>
    public Task GotoAsync(string address) => Page.GotoAsync(address, new PageGotoOptions { WaitUntil = WaitUntilState.DOMContentLoaded });

    /// <summary>Waits until a part of the page says so.</summary>
    public Task SeesAsync(string part, string text) => SeesAsync(Page.Locator(part), text);

    public static Task SeesAsync(ILocator part, string text) =>
        Assertions.Expect(part).ToHaveTextAsync(text, new LocatorAssertionsToHaveTextOptions { Timeout = LongestMs });

    /// <summary>Waits until the picture, above its label, is of that colour, within what JPEG does to it.</summary>
    public Task SeesColourAsync((byte Red, byte Green, byte Blue) colour) => Page.WaitForFunctionAsync(
        """
        ([red, green, blue]) => {
          const picture = document.getElementById('picture');
          if (picture.naturalWidth === 0) return false;
          const canvas = document.createElement('canvas');
          canvas.width = canvas.height = 1;
          const context = canvas.getContext('2d');
          context.drawImage(picture, picture.naturalWidth / 2, picture.naturalHeight / 4, 1, 1, 0, 0, 1, 1);
          const seen = context.getImageData(0, 0, 1, 1).data;
          return [red, green, blue].every((value, index) => Math.abs(value - seen[index]) < 12);
        }
        """,
        new[] { (int)colour.Red, colour.Green, colour.Blue });

    public async ValueTask DisposeAsync() => await Page.Context.CloseAsync();
}
