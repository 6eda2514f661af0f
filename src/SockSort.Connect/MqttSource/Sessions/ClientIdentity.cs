using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SockSort.Log;

namespace SockSort.Connect.MqttSource.Sessions;

/// <summary>
/// The end of a data folder's client ids. It belongs to the machine and the folder: a copy gets another one, since two clients of one
/// id take a session from each other, and its messages in turns.
/// </summary>
/// <param name="Id">
/// 8 hexadecimal digits. Those of the log's id, as ever, where the log is still in the folder in which it first ran connectors.
/// </param>
/// <param name="Former">The one that the folder it was copied or moved from has, where this start has given it another; else null.</param>
/// <param name="Interim">The one that it had until this start took the former again; else null.</param>
internal sealed record ClientIdentity(string Id, string? Former, string? Interim)
{
    private const int Digits = 8;

    private static readonly byte[] Key = "identity"u8.ToArray();

    /// <param name="log">Keeps the identity.</param>
    /// <param name="hasMoved">The folder was moved here, and is used nowhere else: it takes the id that it had there.</param>
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

    // Not random: where it cannot be kept, as on a full disk, the next start finds the same.
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
            // The disk is full, say: the next start decides again, and alike.
        }
    }
}

/// <param name="Place">Where the folder was at the last start.</param>
/// <param name="Former">The id of the folder that this one is a copy of; null where it is none, or has taken that id.</param>
internal sealed record KeptIdentity(string Id, FolderPlace Place, string? Former);
