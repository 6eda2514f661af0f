using SockSort.Shared;

namespace SockSort.Imaging.Labels;

/// <summary>A file of labels that cannot be read. The message names the file, with the line where one is at fault.</summary>
public sealed class LabelsException : ExpectedException
{
    internal LabelsException(string where, string problem, Exception? cause = null)
        : base($"{where}: {problem}", cause) => Place = where;

    /// <inheritdoc/>
    public override string Code => "labels";

    /// <inheritdoc/>
    public override string Place { get; }
}
