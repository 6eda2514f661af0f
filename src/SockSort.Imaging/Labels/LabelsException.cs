namespace SockSort.Imaging.Labels;

/// <summary>A file of labels that cannot be read. The message names the file, with the line where one is at fault.</summary>
public sealed class LabelsException : Exception
{
    internal LabelsException(string where, string problem, Exception? cause = null)
        : base($"{where}: {problem}", cause)
    {
    }
}
