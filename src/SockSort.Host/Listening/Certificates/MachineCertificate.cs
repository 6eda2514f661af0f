using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace SockSort.Host.Listening.Certificates;

/// <summary>
/// The program's own certificate for servers that don't speak HTTP: the same one, so that it is trusted once.
/// </summary>
public static class MachineCertificate
{
    private const string TrustFileName = "trust.crt";

    /// <param name="folder">Keeps certificate and key; made where absent.</param>
    /// <param name="listen">
    /// Where the server listens: beyond loopback the certificate is for all of the machine's names and addresses.
    /// </param>
    /// <returns>The certificate with its key, and a PEM file without the key, for who is to trust it.</returns>
    /// <exception cref="ListeningException">The folder cannot be written.</exception>
    public static (X509Certificate2 Certificate, string TrustFile) LoadOrMake(string folder, IPAddress listen)
    {
        var certificate = OwnCertificate.LoadOrCreate(folder, CertificateNames.For(listen), TimeProvider.System);
        var trustFile = Path.Combine(folder, TrustFileName);
        try
        {
            File.WriteAllText(trustFile, certificate.ExportCertificatePem() + "\n");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw ListeningErrors.CertificateFolder(folder, error);
        }
        return (certificate, trustFile);
    }
}
