namespace SockSort.Dataset.Im2Rec;

/// <summary>What became of a list.</summary>
/// <param name="Packed">Records written.</param>
/// <param name="Warnings">How many of them hold a damaged photo.</param>
/// <param name="LeftOut">Photos that could not be packed.</param>
/// <param name="BadLines">Lines that name no photo, blank ones not counted.</param>
public sealed record PackResult(long Packed, long Warnings, long LeftOut, long BadLines)
{
    /// <summary>Whether nothing that the list names is missing.</summary>
    public bool IsComplete => LeftOut == 0 && BadLines == 0;

    public static PackResult operator +(PackResult left, PackResult right) => new(
        left.Packed + right.Packed, left.Warnings + right.Warnings, left.LeftOut + right.LeftOut, left.BadLines + right.BadLines);
}
