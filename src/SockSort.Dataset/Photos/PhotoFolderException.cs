namespace SockSort.Dataset.Photos;

/// <summary>A folder that is no set of photos to learn from. The message names it and says what is expected.</summary>
public sealed class PhotoFolderException : Exception
{
    internal PhotoFolderException(string folder, string problem)
        : base($"{folder}: {problem}") =>
        (Folder, Problem) = (folder, problem);

    /// <summary>Path of the folder that is at fault.</summary>
    public string Folder { get; }

    /// <summary>What is wrong with it, without the path.</summary>
    public string Problem { get; }
}
