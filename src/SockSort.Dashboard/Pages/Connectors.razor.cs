using MudBlazor;
using SockSort.Connect.Classes;
using SockSort.Dashboard.Layout;
using SockSort.Shared;
using SockSort.Sql.Engine.Connectors;
using SockSort.Sql.Engine.Settings;
using SockSort.Sql.Parsing;
using SockSort.Sql.Syntax;
using ConnectorInfo = SockSort.Connect.Worker.ConnectorInfo;

namespace SockSort.Dashboard.Pages;

/// <summary>The connectors: how each is, and what to do with it.</summary>
public sealed partial class Connectors : RefreshingPage
{
    private IReadOnlyList<ConnectorInfo> _connectors = [];
    private bool _busy;

    /// <inheritdoc/>
    protected override void Look() =>
        _connectors = [.. Parts.Worker.List().OrderBy(connector => connector.Name, StringComparer.Ordinal)];

    /// <summary>Runs the statement that a SQL client would send: what is paused is so after the next start too.</summary>
    private async Task ControlAsync(ConnectorAction action, string name)
    {
        _busy = true;
        try
        {
            var statement = SqlParser.Parse(new SourceText("dashboard", ConnectorText.Control(action, name)))[0];
            _ = await Parts.Commands.ExecuteAsync(statement, new SqlSession(), Left);
            _ = Snackbar.Add($"{name}: {Told(action)}", Severity.Success);
        }
        catch (ExpectedException error)
        {
            _ = Snackbar.Add(error.Message, Severity.Error);
        }
        finally
        {
            _busy = false;
        }
        Look();
    }

    private static string Told(ConnectorAction action) => action switch
    {
        ConnectorAction.Pause => "paused",
        ConnectorAction.Resume => "resumed",
        _ => "restarted",
    };

    private static string StyleOf(ConnectorState state) => state switch
    {
        ConnectorState.Running => "pair",
        ConnectorState.Failed => "bad",
        _ => "single",
    };
}
