using SockSort.Log;
using SockSort.Log.Memory;
using SockSort.Shared;
using SockSort.Sql.Engine;
using SockSort.Sql.Engine.Settings;
using SockSort.Sql.Parsing;
using SockSort.Sql.Syntax;
using SockSort.Sql.Testing.Conformance;

namespace SockSort.Sql.Testing.SqlTests;

/// <param name="Failure">Why it failed, with the statement's place; null where it passed.</param>
public sealed record SqlTestResult(SqlTest Test, string? Failure);

/// <summary>
/// Runs SQL tests, each in an engine of its own: statement after statement until the end or an error; each row is processed at once. Time
/// is that of the rows, and a row without ROWTIME is at 0, so that a test gives the same each time.
/// </summary>
public sealed class SqlTestRunner : IAsyncDisposable
{
    // A script that runs itself.
    private const int MostScripts = 16;

    private readonly SqlTest _test;
    private readonly MemoryLog _log = new();
    private readonly SqlSession _session = new();
    private readonly SqlEngine _engine;
    private readonly RowAssertions _rows;

    private SqlTestRunner(SqlTest test)
    {
        _test = test;
        var functions = TestFunctions.For([test.Statements.Text]);
        _engine = new(_log, new() { Clock = SqlClock.Stream, Functions = functions, KeepsOneOrder = true });
        _rows = new(_engine, _log);
        _session.SetProperty(EngineProperties.OffsetReset, "latest");
    }

    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> ends it.</exception>
    public static async Task<SqlTestResult> RunAsync(SqlTest test, CancellationToken cancellation)
    {
        await using var runner = new SqlTestRunner(test);
        try
        {
            await runner.RunAsync(test.Statements, scripts: 0, cancellation);
        }
        catch (Exception error) when (error is ExpectedException or IOException or UnauthorizedAccessException)
        {
            return new(test, runner.Judge(error));
        }
        return new(test, test.MustFail ? $"no statement failed; expected {Wanted(test)}" : null);
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    private static string Wanted(SqlTest test) => string.Join(
        " with ", new[] { test.ExpectedError, test.ExpectedMessage is { } message ? $"the message '{message}'" : null }.OfType<string>());

    private async Task RunAsync(SourceText script, int scripts, CancellationToken cancellation)
    {
        var parser = new SqlTestParser(script, _session.Variables);
        while (parser.Next() is { } statement)
        {
            switch (statement)
            {
                case AssertRow row:
                    _rows.Check(row);
                    break;
                case AssertSource source:
                    SourceAssertion.Check(source, _engine.Catalog);
                    break;
                case InsertValues values:
                    var (topic, record) = _engine.RecordOf(values, nowMs: 0);
                    _ = _log.Append(topic, [record]);
                    _engine.RunUntilIdle();
                    break;
                case RunScript run:
                    await RunAsync(Read(run, scripts), scripts + 1, cancellation);
                    break;
                default:
                    _ = await _engine.ExecuteAsync(statement, _session, cancellation);
                    _engine.RunUntilIdle();
                    break;
            }
        }
    }

    private SourceText Read(RunScript run, int scripts)
    {
        if (scripts == MostScripts)
            throw new SqlTestException(run.FileSpan.Place, $"scripts run scripts more than {MostScripts} deep");
        var folder = Path.GetDirectoryName(Path.GetFullPath(_test.File))!;
        var path = Places(folder, run.File).FirstOrDefault(File.Exists)
            ?? throw new SqlTestException(
                run.FileSpan.Place, $"there is no script {Path.Combine(folder, run.File)}; a path is taken from the test's folder");
        return new(path, File.ReadAllText(path));
    }

    /// <summary>ksqlDB's suites write a path from the top of their resources: some folder above the test.</summary>
    private static List<string> Places(string folder, string file)
    {
        if (!Path.IsPathRooted(file))
            return [Path.Combine(folder, file)];
        var places = new List<string> { file };
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
            places.Add(Path.Combine(at.FullName, file.TrimStart('/')));
        return places;
    }

    /// <returns>Compares an error with the expected one; null where they agree.</returns>
    private string? Judge(Exception error)
    {
        if (!_test.MustFail)
            return error is AssertionException { At: var at } ? $"`{at.Text}` ({at.Place}):\n\t{error.Message}" : error.Message;
        var message = _test.ExpectedMessage ?? "";
        var isSaid = error.Message.Contains(message, StringComparison.Ordinal);
        var problem = error switch
        {
            AssertionException { JavaClass: var own } => isSaid && own == (_test.ExpectedError ?? own) ? null : "another error is expected",
            SqlException wrong when message.Length == 0 || !isSaid =>
                ExpectedError.Judge(_test.ExpectedError ?? "", message, [_test.Statements.Text], wrong),
            _ => isSaid ? null : "another error is expected",
        };
        return problem is null ? null : $"{error.Message}\n\t{problem}: {Wanted(_test)}";
    }
}
