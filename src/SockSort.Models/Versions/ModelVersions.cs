using SockSort.Shared;

namespace SockSort.Models.Versions;

/// <summary>
/// The versions of a model's file: those that it has replaced lie in a folder beside it, <c>model.tar.gz.versions</c>, each named by its
/// hash. The version in use is what the file itself holds, so that no note of it can be wrong.
/// </summary>
/// <remarks>What is put in place is renamed there: who reads the file, or is killed, sees the old one or the new one.</remarks>
public sealed class ModelVersions
{
    private const string HistoryName = "history";
    private const string LockName = ".lock";
    private const string Ending = ".tar.gz";
    private const int FewestDigits = 4;
    private readonly TimeProvider _time;

    /// <param name="model">The model's file, which need not be there yet; where it is a link, what it leads to.</param>
    /// <param name="time">Clock of the history; null = the system's.</param>
    /// <exception cref="ModelException">It is a folder.</exception>
    public ModelVersions(string model, TimeProvider? time = null)
    {
        if (Directory.Exists(model))
            throw ModelErrors.NoVersionsOfFolder(model);
        (Given, Model, _time) = (model, FollowedPath.Of(Path.GetFullPath(model)), time ?? TimeProvider.System);
        Folder = Model + ".versions";
    }

    /// <summary>Absolute path of the model's file.</summary>
    public string Model { get; }

    /// <summary>Absolute path of the folder beside it that holds the versions that were replaced; it may not be there yet.</summary>
    public string Folder { get; }

    private string Given { get; }

    private string History => Path.Combine(Folder, HistoryName);

    /// <summary>All versions, those that were in use first at the top; each file is read and checked.</summary>
    /// <exception cref="ModelException">The model's file is absent, and no version is kept.</exception>
    public IReadOnlyList<KeptVersion> List()
    {
        var inUse = TryReadInUse(out var problem);
        List<KeptVersion> versions = [.. KeptFiles().Select(path => Look(path, inUse?.Version))];
        if (versions.All(version => !version.IsInUse))
        {
            if (versions.Count == 0 && inUse is null)
                throw problem!;
            if (File.Exists(Model))
                versions.Add(InUse(inUse, problem));
        }
        return [.. versions.OrderBy(version => version.Since).ThenBy(version => version.Version, StringComparer.Ordinal)];
    }

    /// <summary>What a user names: a version by its first digits (at least 4), else a file or folder.</summary>
    /// <exception cref="ModelException">There is no such version and no such file, or it is damaged.</exception>
    public PackageFile Open(string name)
    {
        var isVersion = name.Length is >= FewestDigits and <= 64 && name.All(char.IsAsciiHexDigitLower);
        if (!isVersion)
            return PackageFile.Read(name);
        var inUse = TryReadInUse(out _);
        string[] known = [.. KeptFiles().Select(VersionOf).Append(inUse?.Version).OfType<string>().Distinct()];
        // A whole SHA-256 is longer than what names a version.
        string[] meant = [.. known.Where(version => version.StartsWith(name, StringComparison.Ordinal)
            || name.StartsWith(version, StringComparison.Ordinal))];
        return meant switch
        {
            [var one] => one == inUse?.Version ? inUse : Kept(one),
            [] when Path.Exists(name) => PackageFile.Read(name),
            [] => throw ModelErrors.VersionUnknown(Given, name, known),
            _ => throw ModelErrors.VersionAmbiguous(Given, name, meant),
        };
    }

    /// <summary>Whether a version lies in the folder.</summary>
    public bool IsKept(string version) => File.Exists(PathOf(version));

    /// <summary>Puts a package in the model's place. What was there is kept.</summary>
    /// <returns>What was in use before; null where nothing, or nothing that can be used, was there.</returns>
    /// <exception cref="ModelException">It cannot be written; then what was in use stays in use.</exception>
    public PackageFile? Use(PackageFile wanted)
    {
        PackageFile? before = null;
        Change(() =>
        {
            before = TryReadInUse(out _);
            if (before?.Sha256 == wanted.Sha256)
                return;
            KeepInUse(before);
            Keep(wanted, _time.GetUtcNow().UtcDateTime);
            Remember(before).With(wanted.Version, _time.GetUtcNow()).Write(History);
            Place(wanted);
        });
        return before;
    }

    /// <summary>Puts the version in the model's place that was in use before the one that is; again, the one before that.</summary>
    /// <returns>What is in use now.</returns>
    /// <exception cref="ModelException">None was in use before or is kept, or it cannot be written.</exception>
    public PackageFile Rollback()
    {
        PackageFile? target = null;
        Change(() =>
        {
            var before = TryReadInUse(out _);
            var history = UseHistory.Read(History);
            var place = PlaceBefore(history, before?.Version);
            var version = history.Uses[place].Version;
            if (!IsKept(version))
                throw ModelErrors.EarlierGone(Given, version, Folder);
            target = Kept(version);
            KeepInUse(before);
            history.Until(place).Write(History);
            Place(target);
        });
        return target!;
    }

    /// <summary>Lets something else write the model's file, as a training does, and keeps the version that it replaces.</summary>
    /// <param name="write">Replaces the file in one step.</param>
    /// <returns>The version that was replaced; null where none was.</returns>
    /// <exception cref="ModelException">The version in use cannot be kept; then nothing is written.</exception>
    public PackageFile? Replace(Action write)
    {
        // The first model has nothing to keep, and what is no package was never a version.
        if (TryReadInUse(out _) is not { } before)
        {
            write();
            return null;
        }
        var isReplaced = false;
        Change(() =>
        {
            KeepInUse(before);
            var history = Remember(before);
            history.Write(History);
            write();
            isReplaced = TryReadInUse(out _) is { } after && after.Version != before.Version;
            if (isReplaced)
                history.With(ReadInUse().Version, _time.GetUtcNow()).Write(History);
        });
        return isReplaced ? before : null;
    }

    /// <summary>What the model's file holds.</summary>
    /// <exception cref="ModelException">The file is absent or no whole package.</exception>
    public PackageFile ReadInUse() => PackageFile.Read(Model);

    private PackageFile? TryReadInUse(out ModelException? problem)
    {
        problem = null;
        try
        {
            return ReadInUse();
        }
        catch (ModelException error)
        {
            problem = error;
            return null;
        }
    }

    private IEnumerable<string> KeptFiles()
    {
        if (!Directory.Exists(Folder))
            return [];
        return Directory.EnumerateFiles(Folder, $"*{Ending}").Where(path => VersionOf(path) is { Length: PackageFile.VersionDigits } version
            && version.All(char.IsAsciiHexDigitLower));
    }

    private static string VersionOf(string path) => Path.GetFileName(path)[..^Ending.Length];

    private string PathOf(string version) => Path.Combine(Folder, version + Ending);

    private KeptVersion Look(string path, string? inUse)
    {
        var (file, version) = (new FileInfo(path), VersionOf(path));
        var seen = new KeptVersion(
            version, path, new DateTimeOffset(file.LastWriteTimeUtc), file.Length, IsInUse: version == inUse, IsKept: true);
        try
        {
            return seen with { Card = Kept(version).Package.Card };
        }
        catch (ModelException error)
        {
            return seen with { Problem = error.Problem };
        }
    }

    private KeptVersion InUse(PackageFile? inUse, ModelException? problem)
    {
        var file = new FileInfo(Model);
        var version = inUse?.Version ?? "";
        return new KeptVersion(version, Model, new DateTimeOffset(file.LastWriteTimeUtc), file.Length, IsInUse: true, IsKept: false)
        {
            Card = inUse?.Package.Card,
            Problem = problem?.Problem,
        };
    }

    /// <exception cref="ModelException">It is not what its name says.</exception>
    private PackageFile Kept(string version)
    {
        var path = PathOf(version);
        var bytes = PackageFile.BytesOf(path);
        return PackageFile.HashOf(bytes).StartsWith(version, StringComparison.Ordinal)
            ? PackageFile.Of(bytes, path)
            : throw ModelErrors.VersionDamaged(path, version);
    }

    private int PlaceBefore(UseHistory history, string? inUse)
    {
        var last = history.LastOf(inUse);
        // What is in use was put there by others: before it the last of the history was.
        var place = last < 0 ? history.Uses.Count - 1 : last - 1;
        // A damaged file may be the last of the history itself, which is kept only where it was replaced once.
        while (inUse is null && place >= 0 && !IsKept(history.Uses[place].Version))
            place--;
        return place >= 0 ? place : throw ModelErrors.NothingBefore(Given);
    }

    private UseHistory Remember(PackageFile? inUse)
    {
        var history = UseHistory.Read(History);
        return inUse is null ? history : history.EndingWith(inUse.Version, new DateTimeOffset(File.GetLastWriteTimeUtc(Model)));
    }

    private void KeepInUse(PackageFile? inUse)
    {
        if (inUse is not null)
            Keep(inUse, File.GetLastWriteTimeUtc(Model));
    }

    /// <param name="version">Written anew where it is damaged.</param>
    /// <param name="since">When it was first in use, for who lists it.</param>
    private void Keep(PackageFile version, DateTime since)
    {
        if (IsWhole(version))
            return;
        var path = PathOf(version.Version);
        DurableFile.Write(path, version.Bytes);
        File.SetLastWriteTimeUtc(path, since);
    }

    private bool IsWhole(PackageFile version) =>
        IsKept(version.Version) && PackageFile.HashOf(PackageFile.BytesOf(PathOf(version.Version))) == version.Sha256;

    private void Place(PackageFile version) => DurableFile.Write(Model, version.Bytes);

    private void Change(Action change)
    {
        try
        {
            Directory.CreateDirectory(Folder);
            PartialFile.RemoveAbandoned(Folder);
            PartialFile.RemoveAbandoned(Path.GetDirectoryName(Model)!);
            using var held = Hold();
            change();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw ModelErrors.NotPlaced(Model, error);
        }
    }

    /// <summary>Two that change the versions at once would forget each other's history.</summary>
    private FileStream Hold()
    {
        var path = Path.Combine(Folder, LockName);
        return LockFile.TryHold(path) ?? throw ModelErrors.VersionsBusy(Given, path);
    }
}
