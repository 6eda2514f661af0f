using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace SockSort.Dashboard.Tests.Serving;

public sealed class DashboardSurfaceTests(RunningDashboard dashboard) : IClassFixture<RunningDashboard>
{
    [Theory]
    [InlineData("")]
    [InlineData("health")]
    [InlineData("assets/dashboard.js")]
    [InlineData("cameras/desk/frame.jpg")]
    [InlineData("_blazor/negotiate")]
    public async Task Nothing_is_served_without_the_password(string path)
    {
        using var client = Client();

        using var answer = await client.GetAsync(path);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Theory]
    [InlineData("_blazor/negotiate?negotiateVersion=1")]
    [InlineData("sql")]
    public async Task A_page_of_another_site_is_refused_though_its_browser_has_the_password(string path)
    {
        using var client = Client(RunningDashboard.Password);
        client.DefaultRequestHeaders.Add("Origin", "https://elsewhere.example");

        using var answer = await client.PostAsync(path, content: null);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task A_page_may_load_from_its_own_server_alone()
    {
        using var client = Client(RunningDashboard.Password);

        using var answer = await client.GetAsync("");

        Assert.Equal(
            "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; "
                + "connect-src 'self'; base-uri 'self'; form-action 'none'; frame-ancestors 'none'",
            string.Join(' ', answer.Headers.GetValues("Content-Security-Policy")));
    }

    [Fact]
    public async Task The_live_view_keeps_its_own_page_and_policy()
    {
        using var client = Client(RunningDashboard.Password);

        using var answer = await client.GetAsync(new Uri(dashboard.Address, "/"));

        Assert.Contains("<title>SockSort live view", await answer.Content.ReadAsStringAsync());
        Assert.Contains("script-src 'sha256-", string.Join(' ', answer.Headers.GetValues("Content-Security-Policy")));
    }

    [Theory]
    [InlineData("cameras/other/frame.jpg")]
    [InlineData("socks/None/picture.jpg")]
    [InlineData("assets/none.js")]
    public async Task What_does_not_exist_is_not_found(string path)
    {
        using var client = Client(RunningDashboard.Password);

        using var answer = await client.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private HttpClient Client(string? password = null)
    {
        var handler = new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, _, _, _) => true };
        var client = new HttpClient(handler) { BaseAddress = dashboard.Address };
        if (password is not null)
        {
            var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes($"me:{password}"));
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", credentials);
        }
        return client;
    }
}
