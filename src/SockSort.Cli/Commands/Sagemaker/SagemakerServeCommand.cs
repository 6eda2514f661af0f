using System.CommandLine;
using System.Net;
using SockSort.Cli.Serving;
using SockSort.Models.Package;

namespace SockSort.Cli.Commands.Sagemaker;

/// <summary><c>socksort sagemaker serve</c>: serves the model that SageMaker has put into the container.</summary>
internal static class SagemakerServeCommand
{
    private const string PackageName = "model.tar.gz";

    private static readonly Option<string> Root = new("--root")
    {
        Description = "Folder that SageMaker mounts",
        DefaultValueFactory = _ => "/opt/ml",
        HelpName = "DIR",
    };

    public static Command Create()
    {
        var options = new ServingOptions(IPAddress.Any);
        var command = new Command("serve", """
            Serves the model in /opt/ml/model (model.onnx, labels.txt and model.json, or model.tar.gz) on port 8080 of every address, as
            SageMaker asks.

            Example:
              socksort sagemaker serve
            """)
        { Root };
        options.AddTo(command);
        command.SetAction((line, cancel) =>
        {
            var model = ModelIn(Path.Combine(line.GetRequiredValue(Root), "model"));
            return ServingRun.RunAsync(ModelPackage.Read(model), model, options.Of(line), options.ListeningOf(line), line, cancel);
        });
        return command;
    }

    /// <summary>Finds the model. SageMaker extracts the package, but a user who mounts the folder may not have.</summary>
    private static string ModelIn(string folder)
    {
        var package = Path.Combine(folder, PackageName);
        return File.Exists(package) ? package : folder;
    }
}
