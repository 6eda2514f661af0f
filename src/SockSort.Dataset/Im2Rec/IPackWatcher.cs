using SockSort.Dataset.Lists;

namespace SockSort.Dataset.Im2Rec;

/// <summary>Hears what happens while a list is packed, in the list's order, from one thread at a time.</summary>
public interface IPackWatcher
{
    /// <summary>A line names no photo; nothing is packed for it.</summary>
    void OnLineSkipped(ListProblem problem);

    /// <summary>A photo cannot be packed and is left out.</summary>
    void OnPhotoLeftOut(ListLine line, string reason);

    /// <summary>A photo is packed though something is wrong with it, such as an end that is missing.</summary>
    void OnWarning(ListLine line, string warning);

    /// <summary>Photo number <paramref name="index"/> of the list (from 0, left-out ones too) is done.</summary>
    void OnPhotoDone(long index);
}
