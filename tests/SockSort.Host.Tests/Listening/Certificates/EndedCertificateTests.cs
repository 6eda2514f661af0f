using SockSort.Host.Listening;
using SockSort.Host.Listening.Certificates;
using SockSort.Testing;

namespace SockSort.Host.Tests.Listening.Certificates;

public sealed class EndedCertificateTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_certificate_of_the_users_own_that_has_ended_is_named_with_what_to_do_and_served()
    {
        var own = SelfSignedCertificate.Make(_folder, "camera.example", endsInDays: -2);
        List<string> notes = [];

        using var served = ServedCertificate.Open(ListeningWith(own, notes));

        Assert.False(served.IsSelfMade);
        Assert.Matches(
            @"^--live-view-certificate .+ has ended on \d{4}-\d\d-\d\d \d\d:\d\d UTC, and clients refuse it: renew it, or leave "
                + "--live-view-certificate out, so that one is made$",
            Assert.Single(notes));
    }

    [Fact]
    public void One_that_is_good_is_not_spoken_of()
    {
        List<string> notes = [];

        using var served = ServedCertificate.Open(ListeningWith(SelfSignedCertificate.Make(_folder, "camera.example"), notes));

        Assert.Empty(notes);
    }

    private static WebListening ListeningWith(SelfSignedCertificate own, List<string> notes) => WebListening.At("https://127.0.0.1:0") with
    {
        CertificateFile = own.File,
        CertificateKeyFile = own.KeyFile,
        Words = new ListeningWords { CertificatePrefix = "--live-view-" },
        Note = notes.Add,
    };
}
