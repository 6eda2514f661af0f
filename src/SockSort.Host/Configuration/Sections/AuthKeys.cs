using SockSort.Host.Configuration.Schema;
using SockSort.Host.Configuration.Settings;
using SockSort.Host.Configuration.Values;

namespace SockSort.Host.Configuration.Sections;

/// <summary>The keys of <c>auth</c>.</summary>
internal static class AuthKeys
{
    private static readonly ConfigurationKey<string> Password = new(
        "password",
        PasswordType.One,
        "Asked for by every address of listen beyond this machine, as HTTP Basic or Bearer; required where there is one.")
    { Example = "${env:SOCKSORT_PASSWORD}" };

    private static readonly ConfigurationKey<bool> OpenView = new(
        "open-view", FlagType.One, "Let everybody who reaches the live view watch, without a password.")
    { Default = "false" };

    public static Section<AuthConfiguration> Section { get; } = new(
        [Password, OpenView],
        values => new AuthConfiguration { Password = values.Of(Password), OpenView = values.Of(OpenView) });
}
