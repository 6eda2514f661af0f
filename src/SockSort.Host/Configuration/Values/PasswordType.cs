using SockSort.Host.Configuration.Schema;

namespace SockSort.Host.Configuration.Values;

/// <summary>A text that no message or output shows.</summary>
internal sealed class PasswordType : ScalarType<string>
{
    public static readonly PasswordType One = new();

    public override string Words => "password";

    protected override string Expected => "a password, as ${env:NAME} or ${file:secrets.properties:NAME}";

    protected override bool IsSecret => true;

    protected override bool IsTrimmed => false;

    protected override bool TryParse(string text, Reading reading, out string? value, ref string hint)
    {
        value = text;
        return true;
    }
}
