using SockSort.Sql.Engine.BuiltIn;

namespace SockSort.Sorting.Ledger;

/// <summary>What the ledger remembers, as entries of which those that have changed are kept with each commit.</summary>
internal sealed class LedgerState
{
    private const string HeadKey = "head";
    private const string SightingKey = "sighting/";
    private const string SockKey = "sock/";
    private const string MergedKey = "merged/";
    private const string CorrectionKey = "correction/";

    // An entry of a sighting with its names.
    private const long BytesOfEntry = 250;

    private readonly Dictionary<string, CountedSighting> _sightings = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SockAccount> _accounts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _merged = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _corrections = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Action<BinaryWriter>?> _changes = new(StringComparer.Ordinal);
    private long _number;

    /// <summary>The number of this count, from 1.</summary>
    public int Wash { get; private set; } = 1;

    public long Bytes => (_sightings.Count + _accounts.Count + _merged.Count + _corrections.Count) * BytesOfEntry;

    public IEnumerable<CountedSighting> Sightings => _sightings.Values;

    public IReadOnlyDictionary<string, SockAccount> Accounts => _accounts;

    public CountedSighting? Sighting(string id) => _sightings.GetValueOrDefault(id);

    public string? MergedInto(string sock) => _merged.GetValueOrDefault(sock);

    /// <summary>The next number of a sighting or correction.</summary>
    public long NextNumber()
    {
        _number++;
        WriteHead();
        return _number;
    }

    public void NextWash()
    {
        Wash++;
        WriteHead();
    }

    /// <param name="mostPast">So many of earlier counts are remembered; beyond, the oldest is forgotten.</param>
    public void Add(CountedSighting sighting, int mostPast)
    {
        _sightings[sighting.Id] = sighting;
        Changed(sighting);
        if (_sightings.Count <= mostPast || _sightings.Values.MinBy(known => known.Number) is not { } oldest || oldest.Wash == Wash)
            return;
        _ = _sightings.Remove(oldest.Id);
        _changes[SightingKey + oldest.Id] = null;
    }

    public void Changed(CountedSighting sighting) => _changes[SightingKey + sighting.Id] = sighting.Write;

    public void Changed(SockAccount account)
    {
        _accounts[account.Name] = account;
        _changes[SockKey + account.Name] = account.WritePast;
    }

    public void Remove(SockAccount account)
    {
        _ = _accounts.Remove(account.Name);
        _changes[SockKey + account.Name] = null;
    }

    public void Merge(string sock, string into)
    {
        _merged[sock] = into;
        _changes[MergedKey + sock] = value => value.Write(into);
        _ = _accounts.Remove(sock);
        _changes[SockKey + sock] = null;
    }

    /// <summary>Notes a correction.</summary>
    /// <param name="most">So many are remembered; beyond, the oldest is forgotten.</param>
    /// <returns>False where it was made before.</returns>
    public bool IsNew(string correction, int most)
    {
        if (_corrections.ContainsKey(correction))
            return false;
        var number = NextNumber();
        _corrections[correction] = number;
        _changes[CorrectionKey + correction] = value => value.Write(number);
        if (_corrections.Count > most)
        {
            var oldest = _corrections.MinBy(known => known.Value).Key;
            _ = _corrections.Remove(oldest);
            _changes[CorrectionKey + oldest] = null;
        }
        return true;
    }

    public void SaveChanges(IBuiltInState into)
    {
        foreach (var (key, value) in _changes)
        {
            if (value is null)
                into.Remove(key);
            else
                into.Put(key, value);
        }
        _changes.Clear();
    }

    public void Restore(string key, BinaryReader value)
    {
        if (key == HeadKey)
            (_number, Wash) = (value.ReadInt64(), value.ReadInt32());
        else if (Follows(key, SightingKey) is { } sighting)
            _sightings[sighting] = CountedSighting.Read(sighting, value);
        else if (Follows(key, MergedKey) is { } merged)
            _merged[merged] = value.ReadString();
        else if (Follows(key, CorrectionKey) is { } correction)
            _corrections[correction] = value.ReadInt64();
        else if (Follows(key, SockKey) is { } sock)
        {
            _accounts[sock] = new(sock);
            _accounts[sock].ReadPast(value);
        }
    }

    private static string? Follows(string key, string prefix) =>
        key.StartsWith(prefix, StringComparison.Ordinal) ? key[prefix.Length..] : null;

    private void WriteHead() => _changes[HeadKey] = value =>
    {
        value.Write(_number);
        value.Write(Wash);
    };
}
