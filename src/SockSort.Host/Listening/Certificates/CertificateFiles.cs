using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SockSort.Host.Listening.Certificates;

/// <summary>Reads the user's own certificate and its key from PEM files.</summary>
public static class CertificateFiles
{
    private const int MostChars = 1 << 20;

    /// <param name="file">The certificate first, then its chain. If <paramref name="keyFile"/> is null, the key is anywhere in it.</param>
    /// <param name="keyFile">A file with only the key; null if <paramref name="file"/> holds it.</param>
    /// <param name="options">The prefix of the options that name the files, as <c>--live-view-</c>, for errors.</param>
    /// <exception cref="ListeningException">A file cannot be read, or lacks a certificate or its key.</exception>
    public static (X509Certificate2 Certificate, X509Certificate2Collection Chain) Read(string file, string? keyFile, string options)
    {
        var text = Text(file, Wrong);
        var keyText = keyFile is null ? text : Text(keyFile, WrongKey);
        var chain = new X509Certificate2Collection();
        try
        {
            chain.ImportFromPem(text);
        }
        catch (CryptographicException error)
        {
            throw Wrong(file, "a certificate in it is damaged", error);
        }
        if (chain.Count == 0)
            throw Wrong(file, "no certificate is in it, expected PEM text with '-----BEGIN CERTIFICATE-----'", null);
        var absent = keyFile is null ? $": name the key's file by {options}key" : ", expected PEM text with '-----BEGIN PRIVATE KEY-----'";
        if (ProblemOfKey(keyText, $"no key is in it{absent}") is { } problem)
            throw keyFile is null ? Wrong(file, problem, null) : WrongKey(keyFile, problem, null);
        var certificate = WithKey(
            text, keyText, error => Wrong(file, "the key is not that of the first certificate in it, or damaged", error));
        chain[0].Dispose();
        chain.RemoveAt(0);
        return (OwnCertificate.WithStoredKey(certificate), chain);

        ListeningException Wrong(string path, string what, Exception? cause) => ListeningErrors.CertificateFile(options, path, what, cause);

        ListeningException WrongKey(string path, string what, Exception? cause) =>
            ListeningErrors.CertificateKeyFile(options, path, what, cause);
    }

    private static string? ProblemOfKey(string text, string absent)
    {
        var isEncrypted = text.Contains("-----BEGIN ENCRYPTED PRIVATE KEY-----", StringComparison.Ordinal)
            || text.Contains("Proc-Type: 4,ENCRYPTED", StringComparison.Ordinal);
        if (isEncrypted)
            return "the key is encrypted, expected one that needs no password";
        return text.Contains("PRIVATE KEY-----", StringComparison.Ordinal) ? null : absent;
    }

    private static X509Certificate2 WithKey(string text, string keyText, Func<Exception, ListeningException> wrong)
    {
        try
        {
            return X509Certificate2.CreateFromPem(text, keyText);
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException)
        {
            throw wrong(error);
        }
    }

    private static string Text(string file, Func<string, string, Exception?, ListeningException> wrong)
    {
        try
        {
            using var reader = new StreamReader(file);
            var text = new char[MostChars];
            var length = reader.ReadBlock(text);
            return length < MostChars ? new string(text, 0, length) : throw wrong(file, "it is larger than 1 MiB, expected PEM text", null);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw wrong(file, $"it cannot be read ({error.Message}), expected PEM text", error);
        }
    }
}
