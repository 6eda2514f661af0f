using SockSort.Host.Configuration.Schema;

namespace SockSort.Host.Configuration.Values;

/// <summary><c>true</c> or <c>false</c>, but none of YAML 1.1's other words for them.</summary>
internal sealed class FlagType : ScalarType<bool>
{
    public static readonly FlagType One = new();

    public override string Words => "true or false";

    protected override string Expected => "true or false";

    protected override bool TryParse(string text, Reading reading, out bool value, ref string hint)
    {
        value = text == "true";
        if (value || text == "false")
            return true;
        hint = text.ToLowerInvariant() switch
        {
            "yes" or "on" or "y" or "true" or "1" => "write true",
            "no" or "off" or "n" or "false" or "0" => "write false",
            _ => hint,
        };
        return false;
    }
}
