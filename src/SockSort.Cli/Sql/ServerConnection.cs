using System.CommandLine;
using SockSort.Cli.Commands;
using SockSort.Client.Rest;
using SockSort.Mqtt.Addresses;
using SockSort.Server.Ksql;

namespace SockSort.Cli.Sql;

/// <summary>Connects commands to a server: its address, user and password.</summary>
internal static class ServerConnection
{
    /// <summary>An option that all commands with a server share.</summary>
    public static readonly Option<string?> User = new("--user")
    {
        Description =
            $"Of HTTP Basic; the password comes from --password-file or the environment variable {ServerCommand.PasswordVariable}",
        HelpName = "NAME",
    };

    /// <inheritdoc cref="User"/>
    public static readonly Option<FileInfo?> PasswordFile = new("--password-file")
    {
        Description = "File whose first line is the password",
        HelpName = "FILE",
    };

    private static Uri Default => KsqlServerOptions.DefaultListen;

    /// <param name="url">The address as typed; null for the default one.</param>
    /// <param name="line">The command line with <see cref="User"/> and <see cref="PasswordFile"/>.</param>
    /// <exception cref="KsqlClientException">The text is not an address.</exception>
    public static KsqlClient Open(string? url, ParseResult line)
    {
        var (server, user, password) = Read(url ?? Default.ToString(), line, Default);
        return new KsqlClient(server, user, password);
    }

    /// <summary>Reads an address, and who asks: options go before what stands in the address.</summary>
    /// <param name="typed">The address as typed.</param>
    /// <param name="line">The command line with <see cref="User"/> and <see cref="PasswordFile"/>.</param>
    /// <param name="example">An address as it would be right.</param>
    /// <exception cref="KsqlClientException">The text is not an address.</exception>
    public static (Uri Server, string? User, string? Password) Read(string typed, ParseResult line, Uri example)
    {
        var parts = typed.Split("://", 2);
        var isAmbiguous = false;
        var address = parts is [var scheme, var rest] && scheme.ToLowerInvariant() is "http" or "https"
            ? WrittenAddress.Read(rest, preferPlain: false, out isAmbiguous)
            : null;
        if (address is null || isAmbiguous
            || !Uri.TryCreate($"{parts[0]}://{address.HostAndPort}{address.Tail}", UriKind.Absolute, out var server))
        {
            throw new KsqlClientException(
                $"'{Secretless.Address(typed)}' is no address, expected one as {example.GetLeftPart(UriPartial.Authority)}");
        }
        var password = Output.PasswordFile.Read(line.GetValue(PasswordFile), ServerCommand.PasswordVariable);
        return (server, line.GetValue(User) ?? address.User, password ?? address.Password);
    }
}
