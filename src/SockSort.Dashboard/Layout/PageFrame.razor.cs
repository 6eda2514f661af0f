using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using MudBlazor;

namespace SockSort.Dashboard.Layout;

/// <summary>What stands around each page: the name, the ways to the other pages, the choice between light and dark.</summary>
public sealed partial class PageFrame
{
    // Colours come from dashboard.css, which follows light and dark without asking the server; here is what Mud takes from code only.
    private static readonly MudTheme Theme = new()
    {
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "10px" },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = ["Inter", "system-ui", "Segoe UI", "Roboto", "Noto Sans", "sans-serif"] },
            Button = new ButtonTypography { TextTransform = "none", FontWeight = "600" },
        },
    };

    private static readonly (string Name, string Address, string Icon)[] Ways =
    [
        ("Now", "", Icons.Material.Outlined.Visibility),
        ("Teach", "teach", Icons.Material.Outlined.School),
        ("History", "history", Icons.Material.Outlined.BarChart),
        ("Health", "health", Icons.Material.Outlined.MonitorHeart),
        ("Topics", "topics", Icons.Material.Outlined.Inbox),
        ("Connectors", "connectors", Icons.Material.Outlined.Cable),
        ("SQL", "sql", Icons.Material.Outlined.Terminal),
    ];

    private ErrorBoundary? _boundary;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    /// <inheritdoc/>
    protected override void OnParametersSet() => _boundary?.Recover();
}
