using System.Text;

namespace SockSort.Cli.Output;

/// <summary>Reads a password from a file that the command line names, or from the environment.</summary>
internal static class PasswordFile
{
    private const int MostChars = 4096;

    /// <param name="file">The file, which takes precedence over the variable.</param>
    /// <param name="variable">The environment variable; an empty value counts as none.</param>
    /// <returns>The file's first line, or the variable; null for none.</returns>
    /// <exception cref="CommandException">
    /// The file cannot be read, or its first line is empty, which would mean no password at all, or is endless.
    /// </exception>
    public static string? Read(FileInfo? file, string variable)
    {
        if (file is not null)
            return Read(file);
        return Environment.GetEnvironmentVariable(variable) is { Length: > 0 } password ? password : null;
    }

    private static string Read(FileInfo file)
    {
        // Character by character, since a pipe may stay open after the first line.
        using var reader = file.OpenText();
        var password = new StringBuilder();
        while (reader.Read() is var next and not (-1 or '\r' or '\n'))
        {
            if (password.Length == MostChars)
                throw new CommandException($"{file}: the first line is longer than {MostChars} characters, expected the password");
            password.Append((char)next);
        }
        var line = password.ToString();
        return string.IsNullOrWhiteSpace(line)
            ? throw new CommandException($"{file}: the first line is empty, expected the password")
            : line;
    }
}
