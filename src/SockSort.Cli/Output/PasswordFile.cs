namespace SockSort.Cli.Output;

/// <summary>A password that a command line names by a file.</summary>
internal static class PasswordFile
{
    /// <returns>The file's first line.</returns>
    /// <exception cref="IOException">The file cannot be read, or its first line is empty, which would mean no password at all.</exception>
    public static string Read(FileInfo file) =>
        File.ReadLines(file.FullName).FirstOrDefault() is { Length: > 0 } password
            ? password
            : throw new IOException($"{file}: the first line is empty, expected the password");
}
