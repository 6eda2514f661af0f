using SockSort.Host.Configuration.Schema;

namespace SockSort.Host.Configuration.Values;

/// <summary>Where models may come from: a folder, resolved as any path, or what <c>https://</c> addresses begin with.</summary>
internal sealed class ModelPlaceType : ScalarType<string>
{
    public static readonly ModelPlaceType One = new();

    public override string Words => "folder or https:// address";

    protected override string Expected => "a folder, or what addresses begin with: https://HOST/FOLDER/";

    protected override bool TryParse(string text, Reading reading, out string? value, ref string hint)
    {
        if (!text.Contains("://", StringComparison.Ordinal))
        {
            value = PathType.Full(text, reading);
            hint = value is null ? PathType.HomeHint : hint;
            return value is not null;
        }
        value = text;
        return Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps
            && address.Host.Length > 0 && (address.UserInfo + address.Query + address.Fragment).Length == 0;
    }
}
