namespace SockSort.Cli.Output;

/// <summary>A password that a command line names by a file, or the environment holds.</summary>
internal static class PasswordFile
{
    /// <param name="file">Comes before the variable.</param>
    /// <param name="variable">Of the environment; an empty one counts as none.</param>
    /// <returns>The file's first line, or the variable; null for none.</returns>
    /// <exception cref="IOException">The file cannot be read, or its first line is empty, which would mean no password at all.</exception>
    public static string? Read(FileInfo? file, string variable)
    {
        if (file is not null)
            return Read(file);
        return Environment.GetEnvironmentVariable(variable) is { Length: > 0 } password ? password : null;
    }

    private static string Read(FileInfo file) =>
        File.ReadLines(file.FullName).FirstOrDefault() is { Length: > 0 } password
            ? password
            : throw new IOException($"{file}: the first line is empty, expected the password");
}
