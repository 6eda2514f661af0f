using System.Text;
using System.Text.Json.Nodes;
using SockSort.Shared;

namespace SockSort.Deploy;

/// <summary>Calls another system's REST API in JSON.</summary>
internal sealed class RestClient : IDisposable
{
    private readonly HttpClient _http;
    private readonly Func<Uri, Exception, DeployException> _unreachable;

    /// <param name="address">The system's URL.</param>
    /// <param name="user">The user for HTTP Basic authentication; null for none.</param>
    /// <param name="password">The user's password.</param>
    /// <param name="unreachable">Says that nothing answers at the address, and what to do.</param>
    public RestClient(Uri address, string? user, string? password, Func<Uri, Exception, DeployException> unreachable)
    {
        (Address, _unreachable) = (address, unreachable);
        _http = new HttpClient(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(10) })
        {
            BaseAddress = address,
            // A validation asks the systems that a connector speaks to; a server on a busy machine may be slow each time.
            Timeout = TimeSpan.FromMinutes(2),
        };
        if (password is not null)
            _http.DefaultRequestHeaders.Authorization = BasicAuthentication.Of(user ?? BasicAuthentication.AnyUser, password);
    }

    public Uri Address { get; }

    public void Dispose() => _http.Dispose();

    /// <exception cref="DeployException">The system cannot be reached, or does not answer in time.</exception>
    public async Task<(int Status, string Text)> SendAsync(
        HttpMethod method, string path, JsonObject? body, CancellationToken cancellation)
    {
        try
        {
            using var request = new HttpRequestMessage(method, path);
            if (body is not null)
                request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
            using var answer = await _http.SendAsync(request, cancellation);
            return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(cancellation));
        }
        catch (HttpRequestException error)
        {
            throw _unreachable(Address, error);
        }
        catch (OperationCanceledException error) when (error.InnerException is TimeoutException)
        {
            throw DeployException.Silent(Address, $"{method} {path}", _http.Timeout);
        }
    }
}
