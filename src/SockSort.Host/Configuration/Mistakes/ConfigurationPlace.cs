namespace SockSort.Host.Configuration.Mistakes;

/// <summary>A place in a configuration file.</summary>
/// <param name="File">As the user named it.</param>
/// <param name="Line">From 1; 0 where no line is meant.</param>
/// <param name="Column">From 1; 0 where no line is meant.</param>
public sealed record ConfigurationPlace(string File, int Line, int Column)
{
    /// <summary><c>socksort.yaml:3:5</c>, or the file alone.</summary>
    public override string ToString() => Line > 0 ? $"{File}:{Line}:{Column}" : File;
}
