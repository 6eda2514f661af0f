using System.Net;
using System.Net.Security;
using SockSort.Edge.Cameras.Addresses;

namespace SockSort.Edge.Cameras.Sources.Http;

/// <summary>Sends requests to a camera's address: authenticates by Basic or Digest, and follows redirects.</summary>
internal sealed class HttpCamera : IDisposable
{
    private readonly CameraAddress _address;
    private readonly HttpClient _client;

    public HttpCamera(CameraAddress address, CameraOptions options)
    {
        _address = address;
        var handler = new SocketsHttpHandler
        {
            Credentials = address.User is null ? null : new CameraCredentials(address),
            PreAuthenticate = true,
            ConnectTimeout = options.FrameTimeout,
            // Cameras have self-signed certificates without a matching name; ffmpeg also accepts any certificate.
            SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, _, _, _) => true },
        };
        // A stream of pictures has no end; the time limit for each picture is applied where they are read.
        _client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        _client.DefaultRequestHeaders.UserAgent.ParseAdd("SockSort");
    }

    /// <param name="cancel">Ends the wait for the response.</param>
    /// <param name="relative">Address to request, relative to that of the camera; null for the camera's own.</param>
    /// <exception cref="CameraException">The camera cannot be reached or refuses the request.</exception>
    public async Task<HttpAnswer> AskAsync(CancellationToken cancel, string? relative = null)
    {
        try
        {
            var response = await _client.GetAsync(AddressOf(relative), HttpCompletionOption.ResponseHeadersRead, cancel);
            if (response.IsSuccessStatusCode)
                return await HttpAnswer.OfAsync(response, cancel);
            using (response)
                throw CameraErrors.Refused(_address, response.StatusCode);
        }
        catch (HttpRequestException error) when (error.HttpRequestError is HttpRequestError.InvalidResponse)
        {
            return HttpAnswer.Foreign();
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            throw CameraErrors.NotReached(_address, error);
        }
        catch (OperationCanceledException error) when (!cancel.IsCancellationRequested)
        {
            // The attempt to connect took too long.
            throw CameraErrors.NotReached(_address, error.InnerException ?? error);
        }
    }

    public void Dispose() => _client.Dispose();

    private Uri AddressOf(string? relative)
    {
        var address = new Uri(_address.WithoutCredentials);
        return Uri.TryCreate(address, relative, out var other) && other.Scheme is "http" or "https" ? other : address;
    }

    /// <summary>Gives user and password only to the host that they belong to, wherever it redirects.</summary>
    private sealed class CameraCredentials(CameraAddress address) : ICredentials
    {
        private readonly string _host = new Uri(address.WithoutCredentials).Host;

        public NetworkCredential? GetCredential(Uri uri, string authType) =>
            uri.Host == _host
                && (authType.Equals("Basic", StringComparison.OrdinalIgnoreCase)
                || authType.Equals("Digest", StringComparison.OrdinalIgnoreCase))
                ? new NetworkCredential(address.User, address.Password)
                : null;
    }
}
