using System.Net;
using System.Net.Security;
using SockSort.Models.Package;

namespace SockSort.Edge.Recognition.Orders;

/// <summary>Fetches a package from a server: https only, no redirects, no more bytes and no more time than a package needs.</summary>
internal static class ModelFetch
{
    private const int PartBytes = 1 << 16;
    private static readonly TimeSpan ConnectWithin = TimeSpan.FromSeconds(30);

    /// <param name="address">Begins with <c>https://</c>; whether it is allowed was asked before.</param>
    /// <param name="within">The longest time for all of it.</param>
    /// <param name="judgesCertificates">Null = as the machine does.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="ModelRefusedException">It cannot be had, or is too large.</exception>
    public static async Task<byte[]> GetAsync(
        Uri address, TimeSpan within, RemoteCertificateValidationCallback? judgesCertificates, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(within);
        // A redirect could lead to where nothing may come from.
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = ConnectWithin };
        if (judgesCertificates is not null)
            handler.SslOptions.RemoteCertificateValidationCallback = judgesCertificates;
        using var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("SockSort");
        try
        {
            using var answer = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            if (answer.StatusCode != HttpStatusCode.OK)
                throw RecognitionErrors.NotFetched(address, $"the server answers with status {(int)answer.StatusCode}, expected 200");
            if (answer.Content.Headers.ContentLength > ModelPackage.MostFileBytes)
                throw RecognitionErrors.TooLarge(address, ModelPackage.MostFileBytes);
            await using var body = await answer.Content.ReadAsStreamAsync(limit.Token);
            return await ReadAsync(body, address, limit.Token);
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            throw RecognitionErrors.NotFetched(address, $"cannot be fetched ({(error.InnerException ?? error).Message})", error);
        }
        catch (OperationCanceledException error) when (!cancel.IsCancellationRequested)
        {
            throw RecognitionErrors.NotFetched(address, $"was not here within {within.TotalSeconds:0} s", error);
        }
    }

    private static async Task<byte[]> ReadAsync(Stream body, Uri address, CancellationToken cancel)
    {
        using var whole = new MemoryStream();
        var part = new byte[PartBytes];
        while (await body.ReadAsync(part, cancel) is > 0 and var read)
        {
            if (whole.Length + read > ModelPackage.MostFileBytes)
                throw RecognitionErrors.TooLarge(address, ModelPackage.MostFileBytes);
            whole.Write(part, 0, read);
        }
        return whole.ToArray();
    }
}
