using SockSort.Host.Configuration.Schema;

namespace SockSort.Host.Configuration.Values;

/// <summary>The address of an external server.</summary>
/// <param name="schemes">The allowed schemes.</param>
internal sealed class UrlType(string example, params string[] schemes) : ScalarType<Uri>
{
    public override string Words => $"address, {string.Join(" or ", schemes.Select(scheme => $"{scheme}://"))}";

    protected override string Expected => $"an address as {example}";

    protected override bool TryParse(string text, Reading reading, out Uri? value, ref string hint)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out value) || !schemes.Contains(value.Scheme) || value.Host.Length == 0)
            return false;
        if (value.UserInfo.Length == 0)
            return true;
        hint = "an address holds no user and password";
        return false;
    }
}
