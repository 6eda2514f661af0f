using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SockSort.Edge.LiveView;

/// <summary>Reads a certificate that the user has, with its key, from PEM files.</summary>
internal static class CertificateFiles
{
    private const int MostChars = 1 << 20;
    private const string KeyElsewhere = "no key is in it: name the key's file by --live-view-key";

    /// <param name="file">The certificate first, then what leads to its authority; the key anywhere where <paramref name="keyFile"/> is
    /// null.</param>
    /// <param name="keyFile">The key alone.</param>
    /// <exception cref="LiveViewException">A file cannot be read, or does not hold what it should.</exception>
    public static (X509Certificate2 Certificate, X509Certificate2Collection Chain) Read(string file, string? keyFile)
    {
        var text = Text(file, LiveViewErrors.CertificateFile);
        var keyText = keyFile is null ? text : Text(keyFile, LiveViewErrors.CertificateKeyFile);
        var chain = new X509Certificate2Collection();
        try
        {
            chain.ImportFromPem(text);
        }
        catch (CryptographicException error)
        {
            throw LiveViewErrors.CertificateFile(file, "a certificate in it is damaged", error);
        }
        if (chain.Count == 0)
            throw LiveViewErrors.CertificateFile(file, "no certificate is in it, expected PEM text with '-----BEGIN CERTIFICATE-----'");
        RequireKey(keyText, file, keyFile);
        var certificate = WithKey(text, keyText, file);
        chain[0].Dispose();
        chain.RemoveAt(0);
        return (LiveViewCertificate.WithStoredKey(certificate), chain);
    }

    private static void RequireKey(string text, string file, string? keyFile)
    {
        var isEncrypted = text.Contains("-----BEGIN ENCRYPTED PRIVATE KEY-----", StringComparison.Ordinal)
            || text.Contains("Proc-Type: 4,ENCRYPTED", StringComparison.Ordinal);
        if (isEncrypted)
            throw Wrong("the key is encrypted, expected one that needs no password");
        if (!text.Contains("PRIVATE KEY-----", StringComparison.Ordinal))
            throw Wrong(keyFile is null ? KeyElsewhere : "no key is in it, expected PEM text with '-----BEGIN PRIVATE KEY-----'");

        LiveViewException Wrong(string problem) =>
            keyFile is null ? LiveViewErrors.CertificateFile(file, problem) : LiveViewErrors.CertificateKeyFile(keyFile, problem);
    }

    private static X509Certificate2 WithKey(string text, string keyText, string file)
    {
        try
        {
            return X509Certificate2.CreateFromPem(text, keyText);
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException)
        {
            throw LiveViewErrors.CertificateFile(file, "the key is not that of the first certificate in it, or damaged", error);
        }
    }

    private static string Text(string file, Func<string, string, Exception?, LiveViewException> wrong)
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
