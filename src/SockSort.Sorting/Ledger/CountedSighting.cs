namespace SockSort.Sorting.Ledger;

/// <summary>A sighting as it counts.</summary>
/// <param name="Id">The sighting's.</param>
internal sealed record CountedSighting(string Id, string Camera)
{
    /// <summary>What it counts as; null: it was forgotten.</summary>
    public required string? Sock { get; set; }

    /// <summary>Its place among all that were counted.</summary>
    public required long Number { get; set; }

    /// <summary>The count that it belongs to.</summary>
    public required int Wash { get; init; }

    /// <summary>When its last frame was captured, milliseconds since 1970, UTC.</summary>
    public required long ToMs { get; set; }

    public bool IsCorrected { get; set; }

    public void Write(BinaryWriter into)
    {
        into.Write(Camera);
        into.Write(Sock is not null);
        into.Write(Sock ?? "");
        into.Write(Number);
        into.Write(Wash);
        into.Write(ToMs);
        into.Write(IsCorrected);
    }

    public static CountedSighting Read(string id, BinaryReader from)
    {
        var camera = from.ReadString();
        var hasSock = from.ReadBoolean();
        var sock = from.ReadString();
        return new(id, camera)
        {
            Sock = hasSock ? sock : null,
            Number = from.ReadInt64(),
            Wash = from.ReadInt32(),
            ToMs = from.ReadInt64(),
            IsCorrected = from.ReadBoolean(),
        };
    }
}
