namespace SockSort.Cli.Demo;

/// <summary>Prints a line for each change of label and of the pairs, and the figures every 10 s.</summary>
internal sealed class PlainScreen(TextWriter output) : IDemoScreen
{
    private static readonly TimeSpan RatesInterval = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, PairRow> _pairs = new(StringComparer.Ordinal);
    private string? _label;
    private TimeSpan _ratesAt = RatesInterval;

    public void Show(DemoView view)
    {
        lock (_lock)
        {
            if (view.Label != _label)
                output.WriteLine($"{Time(view)} camera  {view.Label} {view.Percent:0} %");
            _label = view.Label;
            foreach (var row in view.Pairs.Where(row => _pairs.GetValueOrDefault(row.Image) != row))
            {
                output.WriteLine($"{Time(view)} pairs   {row.Image}: {row.Socks} seen, {row.PairSeen}");
                _pairs[row.Image] = row;
            }
            if (view.Elapsed < _ratesAt)
                return;
            output.WriteLine($"{Time(view)} rates   {string.Join(", ", view.Rates.Select(rate => $"{rate.Name} {rate.Value}"))}");
            _ratesAt = view.Elapsed + RatesInterval;
        }
    }

    public void Note(string text)
    {
        lock (_lock)
            output.WriteLine(text);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static string Time(DemoView view) => $"{view.Elapsed.TotalSeconds,5:0.0}s";
}
