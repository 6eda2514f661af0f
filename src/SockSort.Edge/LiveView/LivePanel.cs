namespace SockSort.Edge.LiveView;

/// <summary>A table beside the live picture. All texts are shown as they are, never read as HTML.</summary>
/// <param name="Title">The table's heading.</param>
/// <param name="Columns">Column headings; empty for a table without a head, whose first column names the row.</param>
/// <param name="Rows">Rows from top to bottom, each as long as <paramref name="Columns"/>.</param>
public sealed record LivePanel(string Title, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows);
