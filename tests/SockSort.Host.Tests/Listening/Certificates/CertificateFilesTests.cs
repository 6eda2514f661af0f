using SockSort.Host.Listening;
using SockSort.Host.Listening.Certificates;
using SockSort.Testing;

namespace SockSort.Host.Tests.Listening.Certificates;

public sealed class CertificateFilesTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_may_hold_certificate_authorities_and_key()
    {
        var own = SelfSignedCertificate.Make(_folder, "camera.example");
        using var other = new TempFolder();
        var authority = SelfSignedCertificate.Make(other, "authority.example");
        var file = _folder.Write(
            "all.pem", File.ReadAllText(own.KeyFile) + "\n" + File.ReadAllText(own.File) + "\n" + File.ReadAllText(authority.File));

        var (certificate, chain) = CertificateFiles.Read(file, keyFile: null, "--live-view-");

        Assert.Equal(("CN=camera.example", true), (certificate.Subject, certificate.HasPrivateKey));
        Assert.Equal(["CN=authority.example"], chain.Select(one => one.Subject));
    }

    [Fact]
    public void The_key_may_have_a_file_of_its_own()
    {
        var own = SelfSignedCertificate.Make(_folder, "camera.example");

        var (certificate, _) = CertificateFiles.Read(own.File, own.KeyFile, "--live-view-");

        Assert.True(certificate.HasPrivateKey);
    }

    [Fact]
    public void What_is_wrong_with_a_file_is_said_with_its_option_and_what_would_be_right()
    {
        var own = SelfSignedCertificate.Make(_folder, "camera.example");
        using var other = new TempFolder();
        var foreign = SelfSignedCertificate.Make(other, "other.example");
        var text = _folder.Write("text.pem", "no certificate");
        var cut = _folder.Write("cut.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        var secret = _folder.Write("secret.key", "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n");
        var absent = _folder.File("absent.pem");

        var problems = new (string File, string? Key)[]
        {
            (text, null),
            (cut, null),
            (own.File, null),
            (own.File, text),
            (own.File, secret),
            (own.File, foreign.KeyFile),
            (absent, null),
        }
            .Select(files => Assert.Throws<ListeningException>(() => CertificateFiles.Read(files.File, files.Key, "--live-view-")).Message);

        Assert.Equal(
            [
                $"--live-view-certificate {text}: no certificate is in it, expected PEM text with '-----BEGIN CERTIFICATE-----'",
                $"--live-view-certificate {cut}: a certificate in it is damaged",
                $"--live-view-certificate {own.File}: no key is in it: name the key's file by --live-view-key",
                $"--live-view-key {text}: no key is in it, expected PEM text with '-----BEGIN PRIVATE KEY-----'",
                $"--live-view-key {secret}: the key is encrypted, expected one that needs no password",
                $"--live-view-certificate {own.File}: the key is not that of the first certificate in it, or damaged",
                $"--live-view-certificate {absent}: it cannot be read (Could not find file '{absent}'.), expected PEM text",
            ],
            problems);
    }
}
