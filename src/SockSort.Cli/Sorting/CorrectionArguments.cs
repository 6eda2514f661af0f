using System.CommandLine;
using SockSort.Cli.Output;
using SockSort.Cli.Sql;
using SockSort.Sorting.Ledger;

namespace SockSort.Cli.Sorting;

/// <summary>Where a correction goes: the options that all commands of corrections share.</summary>
internal sealed class CorrectionArguments
{
    private readonly Option<string> _data = DataOption.Create("Folder of the log, where no other process writes to it");
    private readonly Option<string?> _server = new("--server")
    {
        Description = "Address of the SQL server of the 'socksort run' that counts",
        HelpName = "URL",
    };
    private readonly Option<string> _topic = FramesTopicOption.Create();

    public void AddTo(Command command)
    {
        command.Options.Add(_server);
        command.Options.Add(ServerConnection.User);
        command.Options.Add(ServerConnection.PasswordFile);
        command.Options.Add(_data);
        command.Options.Add(_topic);
    }

    /// <summary>Makes a correction.</summary>
    /// <param name="done">What is said where it was made.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> MakeAsync(ParseResult line, Correction correction, string done, CancellationToken cancellation)
    {
        var refusal = await MakeAsync(line, correction, cancellation);
        if (refusal is not null)
            throw new CommandException($"not corrected: {refusal}");
        line.InvocationConfiguration.Output.WriteLine(done);
        return ExitCode.Done;
    }

    private async Task<string?> MakeAsync(ParseResult line, Correction correction, CancellationToken cancellation)
    {
        if (line.GetValue(_server) is { } url)
        {
            using var client = ServerConnection.Open(url, line);
            return await ServerCorrections.MakeAsync(client, correction, cancellation);
        }
        var data = line.GetRequiredValue(_data);
        try
        {
            return await LocalCorrections.MakeAsync(data, line.GetRequiredValue(_topic), correction, cancellation);
        }
        catch (Log.LogException error) when (error.Kind == Log.LogErrorKind.InUse)
        {
            throw new CommandException(
                $"{error.Message}; where that is 'socksort run', name its SQL server: --server http://127.0.0.1:8088");
        }
    }
}
