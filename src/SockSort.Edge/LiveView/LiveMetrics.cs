using System.Globalization;
using System.Text;

namespace SockSort.Edge.LiveView;

/// <summary>Writes figures in the text format of Prometheus, version 0.0.4.</summary>
internal static class LiveMetrics
{
    public const string MediaType = "text/plain; version=0.0.4; charset=utf-8";
    private const string Prefix = "socksort_edge_";

    public static string Write(IEnumerable<LiveFigure> figures)
    {
        var text = new StringBuilder();
        foreach (var figure in figures)
        {
            var name = $"{Prefix}{figure.Name}{(figure.IsTotal ? "_total" : "")}";
            text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {figure.Description}\n");
            text.Append(CultureInfo.InvariantCulture, $"# TYPE {name} {(figure.IsTotal ? "counter" : "gauge")}\n");
            text.Append(CultureInfo.InvariantCulture, $"{name} {figure.Value}\n");
        }
        return text.ToString();
    }
}
