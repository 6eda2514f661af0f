namespace SockSort.Sorting.Ledger;

/// <summary>
/// Counts each sighting once, and puts right what users say is wrong. The same sightings and corrections in the same order make the same
/// ledger.
/// </summary>
/// <remarks>It remembers which entries of its state have changed, for who keeps them: <see cref="LedgerState"/>.</remarks>
public sealed class SockLedger
{
    /// <summary>Sightings of earlier counts that are remembered so that none of them counts again.</summary>
    public const int MostPastSightings = 20_000;

    // Corrections that are remembered so that none of them is made again.
    private const int MostCorrections = 1000;

    private readonly SortedDictionary<string, SockAccount> _accounts = new(StringComparer.Ordinal);

    internal SockLedger(LedgerState? kept) => State = kept ?? new();

    /// <summary>Nothing was seen.</summary>
    public SockLedger()
        : this(kept: null)
    {
    }

    /// <summary>The number of this count, from 1.</summary>
    public int Wash => State.Wash;

    /// <summary>The socks that were seen, by name.</summary>
    public IEnumerable<SockAccount> Accounts => _accounts.Values;

    internal LedgerState State { get; }

    public SockAccount? Find(string sock) => _accounts.GetValueOrDefault(sock);

    /// <summary>A sighting has begun or is over; it counts when it is first told.</summary>
    /// <param name="toMs">When its last frame was captured, milliseconds since 1970, UTC.</param>
    public LedgerNews See(string sighting, string camera, string sock, long toMs)
    {
        var news = new LedgerNews();
        if (State.Sighting(sighting) is { } known)
        {
            known.ToMs = Math.Max(known.ToMs, toMs);
            State.Changed(known);
            if (known.Sock is { } counted && known.Wash == Wash)
                news.Change(counted);
            return news;
        }
        var added = new CountedSighting(sighting, camera)
        {
            Sock = NameOf(sock),
            Number = State.NextNumber(),
            Wash = Wash,
            ToMs = toMs,
        };
        State.Add(added, MostPastSightings);
        Count(added, news);
        return news;
    }

    /// <summary>Puts something right, or says why not.</summary>
    public LedgerNews Correct(Correction correction)
    {
        if (!State.IsNew(correction.Id, MostCorrections))
            return LedgerNews.Refused(LedgerRefusals.Repeated(correction.Id));
        return correction.Kind switch
        {
            CorrectionKind.Relabel => Relabel(correction),
            CorrectionKind.Forget => Forget(correction),
            CorrectionKind.Merge => Merge(correction),
            _ => LaundryDone(),
        };
    }

    /// <summary>The name that a name was merged into; the name itself where it was not.</summary>
    public string NameOf(string sock)
    {
        while (State.MergedInto(sock) is { } into)
            sock = into;
        return sock;
    }

    /// <summary>All entries are back: makes the accounts of them.</summary>
    internal void Restored()
    {
        foreach (var (name, account) in State.Accounts)
            _accounts[name] = account;
        foreach (var counted in State.Sightings.Where(counted => counted.Wash == Wash && counted.Sock is not null))
            AccountOf(counted.Sock!).Add(counted);
        foreach (var account in _accounts.Values)
            account.SortByNumber();
    }

    private LedgerNews Relabel(Correction correction)
    {
        if (RefusalOf(correction) is { } refusal)
            return LedgerNews.Refused(refusal);
        if (SockName.Problem(correction.Sock) is { } problem)
            return LedgerNews.Refused(problem);
        var sighting = State.Sighting(correction.Sighting!)!;
        var news = new LedgerNews();
        Uncount(sighting, news);
        (sighting.Sock, sighting.Number) = (NameOf(correction.Sock!), State.NextNumber());
        Corrected(sighting);
        Count(sighting, news);
        return news;
    }

    private LedgerNews Forget(Correction correction)
    {
        if (RefusalOf(correction) is { } refusal)
            return LedgerNews.Refused(refusal);
        var sighting = State.Sighting(correction.Sighting!)!;
        var news = new LedgerNews();
        Uncount(sighting, news);
        sighting.Sock = null;
        Corrected(sighting);
        return news;
    }

    private LedgerNews Merge(Correction correction)
    {
        if (SockName.Problem(correction.Sock) is { } problem)
            return LedgerNews.Refused(problem);
        if (SockName.Problem(correction.IntoSock) is { } other)
            return LedgerNews.Refused(other);
        var (from, into) = (correction.Sock!, NameOf(correction.IntoSock!));
        if (State.MergedInto(from) is { } merged)
            return LedgerNews.Refused(LedgerRefusals.MergedAlready(from, merged));
        if (from == into)
            return LedgerNews.Refused(LedgerRefusals.SameName(from));
        if (Find(from) is null)
            return LedgerNews.Refused(LedgerRefusals.NeverSeen(from, _accounts.Keys));
        return Merge(_accounts[from], into);
    }

    private LedgerNews Merge(SockAccount from, string name)
    {
        var news = new LedgerNews();
        var into = AccountOf(name);
        var pairs = into.Pairs;
        into.TakePast(from);
        State.Changed(into);
        foreach (var counted in from.Counted)
        {
            counted.Sock = name;
            State.Changed(counted);
            into.Add(counted);
        }
        into.SortByNumber();
        _ = _accounts.Remove(from.Name);
        State.Merge(from.Name, name);
        news.Change(from.Name);
        news.Change(name);
        // Its pairs are the other name's from now on.
        if (from.TotalPairs > 0)
            news.TakeBack(from.Name);
        // What were two pairs under two names stay two; two odd ones become a pair.
        if (into.Pairs > pairs + from.Pairs)
            news.Pairs.Add(LastPairOf(into));
        return news;
    }

    private LedgerNews LaundryDone()
    {
        if (_accounts.Values.All(account => account.Seen == 0))
            return LedgerNews.Refused(LedgerRefusals.NothingCounted(Wash));
        var news = new LedgerNews();
        foreach (var account in _accounts.Values)
        {
            if (account.Seen > 0)
                news.Washed.Add(new(account.Name, Wash, account.Seen, account.Pairs, account.Odd));
            account.Wash();
            State.Changed(account);
            news.Change(account.Name);
        }
        State.NextWash();
        return news;
    }

    private string? RefusalOf(Correction correction)
    {
        if (correction.Sighting is not { Length: > 0 } id || State.Sighting(id) is not { } sighting)
            return LedgerRefusals.NoSuchSighting(correction.Sighting);
        if (sighting.Wash != Wash)
            return LedgerRefusals.CountIsOver(id, sighting.Wash);
        if (sighting.IsCorrected && correction.Was != (sighting.Sock ?? ""))
            return LedgerRefusals.CorrectedAlready(id, sighting.Sock);
        return null;
    }

    private void Corrected(CountedSighting sighting)
    {
        sighting.IsCorrected = true;
        State.Changed(sighting);
    }

    private void Count(CountedSighting sighting, LedgerNews news)
    {
        var account = AccountOf(sighting.Sock!);
        account.Add(sighting);
        news.Change(account.Name);
        if (account.Odd == 0)
            news.Pairs.Add(LastPairOf(account));
    }

    private void Uncount(CountedSighting sighting, LedgerNews news)
    {
        if (sighting.Sock is null)
            return;
        var account = AccountOf(sighting.Sock);
        var pairs = account.Pairs;
        account.Remove(sighting);
        news.Change(account.Name);
        if (account.Pairs < pairs)
            news.TakeBack(account.Name);
        if (account.TotalSeen > 0)
            return;
        _ = _accounts.Remove(account.Name);
        State.Remove(account);
    }

    private FoundPair LastPairOf(SockAccount account)
    {
        var (first, second) = (account.Counted[^2], account.Counted[^1]);
        return new(account.Name, account.Pairs, Wash, first.Id, second.Id, second.Camera);
    }

    private SockAccount AccountOf(string name)
    {
        if (_accounts.TryGetValue(name, out var account))
            return account;
        _accounts[name] = account = new(name);
        State.Changed(account);
        return account;
    }
}
