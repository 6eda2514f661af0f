using System.Collections.Concurrent;
using SockSort.Log;
using SockSort.Sql.Engine.Results;

namespace SockSort.Sql.Engine.Commands;

/// <summary>
/// The statements of servers that share their work: each is put into the command topic first, and carried out by all servers, the one that
/// was asked included, when they come to its place. So all have the same statements in the same order.
/// </summary>
/// <param name="log">Holds the topic.</param>
/// <param name="run">Carries a statement out; its offset numbers the query that it starts.</param>
/// <param name="refused">Told of statements that another server has put in, and that cannot be carried out here.</param>
internal sealed class SharedCommands(
    ILog log, Func<CommandLog.Command, long, CancellationToken, Task<StatementResult>> run, Action<string> refused)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, TaskCompletionSource<StatementResult>> _asked = [];
    private readonly HashSet<string> _done = new(StringComparer.Ordinal);
    private long _next;

    // The statement that could not be carried out for now; -1 for none.
    private long _again = -1;

    /// <summary>Follows the topic from an offset on.</summary>
    /// <param name="next">What lies before has been carried out.</param>
    /// <param name="ending">Ends it.</param>
    public void Begin(long next, CancellationToken ending)
    {
        _next = next;
        _ = Task.Run(() => FollowAsync(ending), CancellationToken.None);
    }

    /// <summary>Whether a statement is carried out for the first time: a broker that was killed may have stored it twice.</summary>
    public bool IsNew(CommandLog.Command command) => command.Id is null || _done.Add(command.Id);

    /// <summary>Puts a statement in, and waits until this server has carried it out.</summary>
    /// <exception cref="SqlException">It is wrong or cannot be done; no server does it.</exception>
    /// <exception cref="LogException">The log cannot be written.</exception>
    public async Task<StatementResult> ExecuteAsync(CommandLog.Command command, CancellationToken cancellation)
    {
        var named = command with { Id = Guid.NewGuid().ToString("N") };
        var result = new TaskCompletionSource<StatementResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        _asked[named.Id] = result;
        try
        {
            _ = await log.AppendAsync(CommandLog.Topic, [CommandLog.RecordOf(named)]);
            return await result.Task.WaitAsync(cancellation);
        }
        finally
        {
            _ = _asked.TryRemove(named.Id, out _);
        }
    }

    private async Task FollowAsync(CancellationToken ending)
    {
        while (!ending.IsCancellationRequested)
        {
            try
            {
                var version = log.Version;
                var records = log.Read(CommandLog.Topic, partition: 0, _next);
                foreach (var record in records)
                {
                    await TakeAsync(record, ending);
                    _next = record.Offset + 1;
                }
                if (records.Count == 0)
                    await log.WaitForChangeAsync(version, ending);
            }
            catch (Exception error) when (ending.IsCancellationRequested || error is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (LogException)
            {
                // Whoever waits for a statement waits on; the log's own trouble is told by the log.
                _ = await Task.WhenAny(Task.Delay(RetryAfter, ending));
            }
        }
    }

    private async Task TakeAsync(LogRecord record, CancellationToken ending)
    {
        TaskCompletionSource<StatementResult>? own = null;
        try
        {
            if (CommandLog.Parse(record) is not { Refused: null } command || !(record.Offset == _again || IsNew(command)))
                return;
            own = _asked.GetValueOrDefault(command.Id ?? "");
            // What is there of it when it comes again it has made itself.
            var result = await run(record.Offset == _again ? command with { IsIfAbsent = true } : command, record.Offset, ending);
            _ = own?.TrySetResult(result);
        }
        catch (LogException error) when (Passes(error))
        {
            // It comes again: the topics that it needs could not be asked for.
            _again = record.Offset;
            throw;
        }
        catch (Exception error) when (!ending.IsCancellationRequested)
        {
            if (own is null)
                refused($"{CommandLog.Topic}, offset {record.Offset}: {error.Message}");
            else
                await RefuseAsync(record.Offset, own, error);
        }
    }

    private static bool Passes(LogException error) =>
        error.Kind is LogErrorKind.Unreachable or LogErrorKind.Storage or LogErrorKind.DiskFull or LogErrorKind.NotOwned;

    /// <summary>Has later starts pass the statement over: who asked for it has been told.</summary>
    private async Task RefuseAsync(long offset, TaskCompletionSource<StatementResult> own, Exception error)
    {
        try
        {
            _ = await log.AppendAsync(CommandLog.Topic, [CommandLog.RecordOf(CommandLog.Command.Refusing(offset))]);
        }
        finally
        {
            _ = own.TrySetException(error);
        }
    }
}
