using System.CommandLine;
using System.Net;
using SockSort.Cli.Output;
using SockSort.Cli.Serving;

namespace SockSort.Cli.Commands;

/// <summary><c>socksort serve-model</c>: serves a model over HTTP.</summary>
internal static class ServeModelCommand
{
    private static readonly Argument<string> Model = new("MODEL")
    {
        Description = "The model package, here or s3://, or the folder that it was unpacked to",
    };

    public static Command Create()
    {
        var options = new ServingOptions(IPAddress.Loopback);
        var command = new Command("serve-model", """
            Serves a model as a SageMaker endpoint does: GET /ping, POST /invocations with a picture gives a JSON array of probabilities.

            Example:
              socksort serve-model model.tar.gz --port 8080
              curl -H 'Content-Type: image/jpeg' --data-binary @sock.jpg http://localhost:8080/invocations
            """)
        { Model };
        options.AddTo(command);
        command.SetAction(async (line, cancel) =>
        {
            var path = line.GetRequiredValue(Model);
            var model = await ModelFile.ReadAsync(path, cancel);
            return await ServingRun.RunAsync(model, path, options.Of(line), options.ListeningOf(line), line, cancel);
        });
        return command;
    }
}
