using System.Text.Json;
using SockSort.Edge.LiveView;

namespace SockSort.Edge.Tests.LiveView;

/// <summary>The host's figures for programs.</summary>
public sealed class LiveFiguresTests
{
    private static readonly LiveViewOptions Options = new()
    {
        Figures = () =>
            [
                new LiveFigure("messages_dropped", 3, IsTotal: true, "Messages lost."),
                new LiveFigure("messages_waiting", 7, IsTotal: false, "Messages that wait."),
            ],
    };

    [Fact]
    public async Task Status_json_has_them_by_name()
    {
        await using var view = await LiveViewClient.StartAsync(Options);

        var status = JsonDocument.Parse(await view.TextAsync("/status.json")).RootElement;

        Assert.Equal("""{"messages_dropped":3,"messages_waiting":7}""", status.GetProperty("figures").GetRawText());
    }

    [Fact]
    public async Task Prometheus_reads_them_from_metrics()
    {
        await using var view = await LiveViewClient.StartAsync(Options);

        using var answer = await view.GetAsync("/metrics");
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", $"{answer.Content.Headers.ContentType}");
        Assert.Equal(
            """
            # HELP socksort_edge_messages_dropped_total Messages lost.
            # TYPE socksort_edge_messages_dropped_total counter
            socksort_edge_messages_dropped_total 3
            # HELP socksort_edge_messages_waiting Messages that wait.
            # TYPE socksort_edge_messages_waiting gauge
            socksort_edge_messages_waiting 7

            """, text);
    }
}
