using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SockSort.Log;

namespace SockSort.Connect.MqttSource.Sessions;

/// <summary>
/// The suffix of a data folder's client ids. It belongs to the machine and the folder, and a copy of the folder gets another one: two
/// clients with the same id would take the session, and its messages, from each other.
/// </summary>
/// <param name="Id">
/// 8 hexadecimal digits: the first ones of the log's id where the log is still in the folder in which it first ran connectors.
/// </param>
/// <param name="Former">
/// The id of the folder that this one was copied or moved from, where this start has given it another id; else null.
/// </param>
/// <param name="Interim">The id that the folder had until this start took the former one back; else null.</param>
internal sealed record ClientIdentity(string Id, string? Former, string? Interim)
{
    private const int Digits = 8;

    private static readonly byte[] Key = "identity"u8.ToArray();

    /// <param name="log">The log, which keeps the identity.</param>
    /// <param name="hasMoved">Whether the folder was moved here and is used nowhere else, so that it keeps its former id.</param>
    public static ClientIdentity Of(ILog log, bool hasMoved) =>
        Of(log, hasMoved, FolderPlace.Of(log.Directory ?? Environment.CurrentDirectory));

    internal static ClientIdentity Of(ILog log, bool hasMoved, FolderPlace here)
    {
        var kept = Read(log);
        var isAtHome = kept is null || kept.Place.IsSame(here);
        var now = isAtHome ? kept ?? new KeptIdentity(log.Id[..Digits], here, null) : Moved(kept!, here, log.Id);
        var isTakenBack = hasMoved && now.Former is not null;
        var next = now with { Place = here };
        if (isTakenBack)
            next = next with { Id = now.Former!, Former = null };
        if (next != kept)
            Write(log, next);
        var interim = isTakenBack && isAtHome ? now.Id : null;
        return new ClientIdentity(next.Id, isAtHome ? null : next.Former, interim);
    }

    // The id is computed rather than random: where it can't be stored, as on a full disk, the next start computes the same one.
    private static KeptIdentity Moved(KeptIdentity kept, FolderPlace here, string log)
    {
        var place = Encoding.UTF8.GetBytes($"{log}\n{here.Machine}\n{here.Path}\n{here.Mark}");
        return new(Convert.ToHexStringLower(SHA256.HashData(place))[..Digits], here, kept.Id);
    }

    private static KeptIdentity? Read(ILog log)
    {
        try
        {
            return log.FindState(SessionMemory.Owner, Key) is { } bytes
                ? JsonSerializer.Deserialize(bytes, SessionJson.Default.KeptIdentity)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void Write(ILog log, KeptIdentity kept)
    {
        try
        {
            var value = JsonSerializer.SerializeToUtf8Bytes(kept, SessionJson.Default.KeptIdentity);
            _ = log.Commit(new LogCommit { States = [new StateChange(SessionMemory.Owner, Key, value)] });
        }
        catch (LogException)
        {
            // For example, the disk is full. The next start decides again, with the same result.
        }
    }
}

/// <param name="Place">The place of the folder at the last start.</param>
/// <param name="Former">
/// The id of the folder that this one was copied from; null where there is none, or where that id was taken back.
/// </param>
internal sealed record KeptIdentity(string Id, FolderPlace Place, string? Former);
