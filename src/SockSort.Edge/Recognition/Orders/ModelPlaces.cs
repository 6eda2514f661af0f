using SockSort.Shared;

namespace SockSort.Edge.Recognition.Orders;

/// <summary>
/// Where ordered models may come from. Whoever may publish on the camera's topic can order one: by default that reaches no other file than
/// those beside the model, and no other machine.
/// </summary>
public sealed class ModelPlaces
{
    private readonly string _home;
    private readonly string[] _folders;
    private readonly Uri[] _addresses;

    /// <param name="home">The model's own folder, absolute.</param>
    /// <param name="from">Further folders, and addresses that begin with <c>https://</c>.</param>
    internal ModelPlaces(string home, IEnumerable<string> from)
    {
        var byKind = from.ToLookup(IsAddress);
        _home = home;
        _folders = [.. byKind[false].Prepend(home).Select(folder => FollowedPath.Of(Path.GetFullPath(folder)))];
        _addresses = [.. byKind[true].Select(address => new Uri(address))];
    }

    /// <returns>What is wrong with a place, in words that follow it; null where it can be used.</returns>
    public static string? ProblemOf(string place)
    {
        if (!place.Contains("://", StringComparison.Ordinal))
            return place.Length == 0 ? "is empty, expected a folder or an address that begins with https://" : null;
        if (!Uri.TryCreate(place, UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttps || address.Host.Length == 0)
            return "is no address that begins with https://";
        return address.UserInfo.Length + address.Query.Length + address.Fragment.Length > 0
            ? "holds a user, a query or a fragment, expected what addresses begin with: https://HOST/FOLDER/"
            : null;
    }

    /// <returns>Absolute, with all links followed.</returns>
    /// <exception cref="ModelRefusedException">It lies elsewhere.</exception>
    internal string PathOf(string ordered)
    {
        var path = FollowedPath.Of(Path.GetFullPath(ordered, _home));
        return _folders.Any(folder => IsBelow(path, folder)) ? path : throw RecognitionErrors.PathOutside(ordered, _folders);
    }

    /// <exception cref="ModelRefusedException">It lies elsewhere.</exception>
    internal void Require(Uri ordered)
    {
        // A server may read these as steps out of the folder.
        string[] hidden = ["%2f", "%5c", "%2e", "\\"];
        var isPlain = !hidden.Any(part => ordered.AbsoluteUri.Contains(part, StringComparison.OrdinalIgnoreCase));
        if (!isPlain || !_addresses.Any(address => IsBelow(ordered, address)))
            throw RecognitionErrors.AddressNotAllowed(ordered);
    }

    private static bool IsAddress(string place) => place.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    private static bool IsBelow(string path, string folder) =>
        path.StartsWith(Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static bool IsBelow(Uri ordered, Uri allowed)
    {
        if (ordered.IdnHost != allowed.IdnHost || ordered.Port != allowed.Port)
            return false;
        // Only whole levels: /socks must not allow /socks-of-others.
        var folder = allowed.AbsolutePath.TrimEnd('/') + "/";
        return ordered.AbsolutePath == allowed.AbsolutePath || ordered.AbsolutePath.StartsWith(folder, StringComparison.Ordinal);
    }
}
