namespace SockSort.Host.Configuration.Mistakes;

/// <summary>A place in a configuration file.</summary>
/// <param name="File">The file as the user named it.</param>
/// <param name="Line">The line, from 1; 0 for the whole file.</param>
/// <param name="Column">The column, from 1; 0 for the whole file.</param>
public sealed record ConfigurationPlace(string File, int Line, int Column)
{
    /// <summary><c>socksort.yaml:3:5</c>, or the file alone.</summary>
    public override string ToString() => Line > 0 ? $"{File}:{Line}:{Column}" : File;
}
