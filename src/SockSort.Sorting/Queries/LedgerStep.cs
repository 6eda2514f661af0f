using SockSort.Sql.Engine.BuiltIn;
using SockSort.Sorting.Ledger;

namespace SockSort.Sorting.Queries;

/// <summary>The ledger, as an operator of the engine.</summary>
internal sealed class LedgerStep : IBuiltInStep
{
    private const int CorrectionInput = 1;

    private const int LedgerOutput = 0;
    private const int PairOutput = 1;
    private const int WashOutput = 2;
    private const int ResultOutput = 3;

    // Longer ids are refused, and not repeated in the answer.
    private const int MostIdCharacters = 200;

    private readonly SockLedger _ledger = new();
    private bool _isRestored;

    public long StateBytes => _ledger.State.Bytes;

    public void Process(BuiltInRow row, IBuiltInOutput into)
    {
        if (!_isRestored)
            _ledger.Restored();
        _isRestored = true;
        if (row.Input == CorrectionInput)
            Correct(row, into);
        else
            See(row, into);
    }

    public void AdvanceTime(long streamTimeMs, IBuiltInOutput into)
    {
        // What counts is said by sightings and users alone.
    }

    public void SaveChanges(IBuiltInState into) => _ledger.State.SaveChanges(into);

    public void Restore(string key, BinaryReader value) => _ledger.State.Restore(key, value);

    private void See(BuiltInRow row, IBuiltInOutput into)
    {
        if (row.Text(0) is not { } id || row.Text(2) is not { } camera || row.Text(3) is not { } sock || row.Whole(4) is not { } toMs)
            return;
        Tell(_ledger.See(id, camera, sock, toMs), row.TimestampMs, into);
    }

    private void Correct(BuiltInRow row, IBuiltInOutput into)
    {
        if (row.Text(0) is not { Length: > 0 and <= MostIdCharacters } id)
            return;
        var news = CorrectionWords.KindOf(row.Text(1)) is { } kind
            ? _ledger.Correct(new Correction(id, kind, row.TimestampMs)
            {
                Sighting = row.Text(2),
                Sock = row.Text(3),
                IntoSock = row.Text(4),
                Was = row.Text(5),
            })
            : LedgerNews.Refused("there is no such correction; KIND is RELABEL, FORGET, LAUNDRY_DONE or MERGE");
        Tell(news, row.TimestampMs, into);
        into.Write(
            ResultOutput, id, [row.Text(1), row.Text(2), news.Refusal is null, news.Refusal, row.TimestampMs], row.TimestampMs);
    }

    private void Tell(LedgerNews news, long atMs, IBuiltInOutput into)
    {
        foreach (var washed in news.Washed)
            into.Write(WashOutput, washed.Sock, [washed.Wash, washed.Seen, washed.Pairs, washed.Odd, atMs], atMs);
        foreach (var name in news.Changed)
            into.Write(LedgerOutput, name, _ledger.Find(name) is { } account ? RowOf(account) : null, atMs);
        // Clears what a broker keeps of the pair; an older pair is not told again, or a lamp would light for it.
        foreach (var name in news.TakenBack)
            into.Write(PairOutput, name, null, atMs);
        foreach (var pair in news.Pairs)
            into.Write(PairOutput, pair.Sock, [pair.Pairs, pair.Wash, pair.First, pair.Second, pair.Camera, atMs], atMs);
    }

    private object?[] RowOf(SockAccount account) =>
    [
        account.Seen, account.Pairs, account.Odd, account.LastSeenMs, account.LastSighting, _ledger.Wash, account.TotalSeen,
        account.TotalPairs,
    ];
}
