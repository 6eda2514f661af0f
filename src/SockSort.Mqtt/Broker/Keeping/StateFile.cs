using System.Globalization;

namespace SockSort.Mqtt.Broker.Keeping;

/// <summary>
/// The file of what a broker keeps: changes, one behind the other. Once they take much more room than what they have made, they are
/// written anew. Used by one thread at a time.
/// </summary>
internal sealed class StateFile : IDisposable
{
    private const string Name = "state.journal";
    private const int WriteBytes = 1 << 20;
    private const int FewRemembered = 64;

    // Below it a file is not worth writing anew.
    private const long LeastGrownBytes = 16 << 20;

    private readonly string _path;
    private readonly KeptClock _clock;
    private FileStream? _file;
    private StateWriter _writer;
    private long _newBytes;
    private bool _isUnsynced;

    /// <param name="folder">Made where it is missing.</param>
    /// <exception cref="MqttException">The folder or its file can't be read.</exception>
    public StateFile(string folder, KeptClock clock)
    {
        (_path, _clock, _writer) = (Path.Combine(folder, Name), clock, new StateWriter(clock, FewRemembered));
        try
        {
            _ = Directory.CreateDirectory(folder);
            Found = Read();
            if (Found is { BrokenAt: not null, IsCut: false })
                PutAside();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw MqttErrors.BrokerState(_path, error);
        }
    }

    /// <summary>What an earlier start has left.</summary>
    public StateReading Found { get; }

    public string FilePath => _path;

    /// <summary>Where a damaged file lies now; null = it was not damaged.</summary>
    public string? PutAsideAs { get; private set; }

    /// <summary>Whether it is time to <see cref="Renew"/> it.</summary>
    public bool IsWorn => _file is null || _file.Length > Math.Max(LeastGrownBytes, 2 * _newBytes);

    /// <summary>Adds changes; they survive the end of the process, and a power cut from the next <see cref="Sync"/> on.</summary>
    /// <exception cref="IOException">The disk is full, or fails; the file has to be renewed.</exception>
    public void Add(IEnumerable<StateChange> changes)
    {
        var file = _file ?? throw new IOException("the file is not there");
        foreach (var change in changes)
        {
            _writer.Write(change);
            Spill(file, WriteBytes);
        }
        Spill(file, 0);
        _isUnsynced = true;
    }

    /// <exception cref="IOException">The disk is full, or fails; the file has to be renewed.</exception>
    public void Sync()
    {
        if (!_isUnsynced)
            return;
        _file?.Flush(flushToDisk: true);
        _isUnsynced = false;
    }

    /// <summary>Writes the state into a new file, which takes the place of the old one when it is on disk.</summary>
    /// <exception cref="IOException">The disk is full, or fails; the old file is there as it was.</exception>
    public void Renew(KeptState state)
    {
        var fresh = _path + ".new";
        // The messages of all sessions stand there once each.
        var all = new StateWriter(_clock, int.MaxValue);
        var file = new FileStream(fresh, FileMode.Create, FileAccess.Write, FileShare.Read | FileShare.Delete, bufferSize: 0);
        try
        {
            all.Begin();
            foreach (var change in state.Changes())
            {
                all.Write(change);
                Spill(file, all, WriteBytes);
            }
            Spill(file, all, 0);
            file.Flush(flushToDisk: true);
            File.Move(fresh, _path, overwrite: true);
        }
        catch
        {
            file.Dispose();
            File.Delete(fresh);
            throw;
        }
        _file?.Dispose();
        (_file, _newBytes, _isUnsynced) = (file, file.Length, false);
        // Its numbers go on, so that none stands in the file for two messages.
        _writer = all.Continued(FewRemembered);
    }

    /// <summary>Gives up the file after a failed write, whose end is not known; <see cref="Renew"/> makes another one.</summary>
    public void GiveUp()
    {
        _file?.Dispose();
        _file = null;
        _writer.Clear();
    }

    public void Dispose() => _file?.Dispose();

    private StateReading Read()
    {
        if (!File.Exists(_path))
            return new StateReading(new KeptState(), null, IsCut: false);
        using var file = new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.Read, WriteBytes);
        return StateReader.Read(file, _clock);
    }

    private void PutAside()
    {
        var time = _clock.Time.GetUtcNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        PutAsideAs = $"{_path}.damaged-{time}";
        File.Move(_path, PutAsideAs, overwrite: true);
    }

    private void Spill(FileStream file, int unless) => Spill(file, _writer, unless);

    private static void Spill(FileStream file, StateWriter writer, int unless)
    {
        if (writer.Length <= unless)
            return;
        file.Write(writer.Written);
        writer.Clear();
    }
}
