using System.Net.Http.Headers;
using System.Text;

namespace SockSort.Shared;

/// <summary>What a client sends for HTTP Basic authentication (RFC 7617).</summary>
public static class BasicAuthentication
{
    /// <summary>Who clients of servers that ask for a password alone say that they are.</summary>
    public const string AnyUser = "socksort";

    public static AuthenticationHeaderValue Of(string user, string? password) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
}
