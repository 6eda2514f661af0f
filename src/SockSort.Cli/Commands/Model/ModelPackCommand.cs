using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using SockSort.Cli.Output;
using SockSort.Dataset.Storage;
using SockSort.Imaging.Kernels;
using SockSort.Models.Onnx;
using SockSort.Models.Package;
using SockSort.Models.Packing;

namespace SockSort.Cli.Commands.Model;

/// <summary><c>socksort model pack</c>: makes a package of another program's classifier.</summary>
internal static class ModelPackCommand
{
    private static readonly Option<string> Onnx = new("--onnx")
    {
        Description = "A classifier with one float32 picture input, N x 3 x S x S or N x S x S x 3",
        Required = true,
        HelpName = "FILE",
    };
    private static readonly Option<string> Labels = new("--labels")
    {
        Description = "One label a line, in the order of the model's scores",
        Required = true,
        HelpName = "FILE",
    };
    private static readonly Option<string> Out = new("--out")
    {
        Description = "The package; an older one is replaced when the new one is whole",
        Required = true,
        HelpName = "FILE",
    };
    private static readonly Option<int?> Size = new Option<int?>("--size")
    {
        Description = "Pixels a side of what the model sees; by default as the file says",
        HelpName = "S",
    }.Within(32, 1024);

    private static readonly Option<ChannelValues> Mean = new("--mean")
    {
        Description = "Taken off each value of 0..255: one number, or three for red, green, blue",
        DefaultValueFactory = _ => PixelScaling.Default.Mean,
        CustomParser = ParseChannels,
        HelpName = "R,G,B",
    };

    private static readonly Option<ChannelValues> Scale = new("--scale")
    {
        Description = "What the difference is divided by: one number, or three",
        DefaultValueFactory = _ => PixelScaling.Default.Scale,
        CustomParser = ParseChannels,
        HelpName = "R,G,B",
    };

    private static readonly Option<bool> BlueFirst = new("--bgr") { Description = "The model reads blue first, as OpenCV does" };
    private static readonly Option<string?> Output = new("--output")
    {
        Description = "Output with the scores, where there are several",
        HelpName = "NAME",
    };

    public static Command Create()
    {
        var command = new Command("pack", """
            Packs an ONNX classifier of another program, so that classify, evaluate, serve-model and edge run it. Scores get a softmax
            behind them; shares stay as they are, also rounded to int8. Weights in a second file (.onnx.data) are taken in. The model is
            run before anything is written.

            Example:
              socksort model pack --onnx resnet18.onnx --labels imagenet.txt \
                --mean 123.675,116.28,103.53 --scale 58.395,57.12,57.375 --out model.tar.gz
            """)
        { Onnx, Labels, Out, Size, Mean, Scale, BlueFirst, Output };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult line, CancellationToken cancel)
    {
        var options = new PackOptions
        {
            Size = line.GetValue(Size),
            Output = line.GetValue(Output),
            Input = new ModelInput
            {
                Size = 0,
                Mean = line.GetValue(Mean),
                Scale = line.GetValue(Scale),
                ColourOrder = line.GetValue(BlueFirst) ? ModelInput.BlueFirst : ModelInput.RedFirst,
            },
        };
        OutputPlace.RequireFile(line.GetRequiredValue(Out));
        using var names = await StagedPath.FetchedAsync(line.GetRequiredValue(Labels), cancel);
        using var onnx = await StagedPath.FetchedAsync(line.GetRequiredValue(Onnx), cancel);
        // Files of external data lie beside a local graph already; those in a bucket are fetched.
        if (StorageLocation.LooksLikeS3(line.GetRequiredValue(Onnx)))
        {
            foreach (var name in ExternalData.FilesOf(OnnxModel.ReadAlone(onnx.LocalPath)))
                await onnx.TryFetchBesideAsync(name, cancel);
        }
        var package = await Task.Run(
            () => ModelPacker.Pack(OnnxModel.ReadForeign(onnx.LocalPath), ModelPackage.ReadLabels(names.LocalPath), options),
            CancellationToken.None);
        var path = line.GetRequiredValue(Out);
        using var target = StagedPath.Open(path);
        package.Write(target.LocalPath);
        await target.PublishAsync(cancel);
        line.InvocationConfiguration.Output.WriteLine(
            $"{path}: {package.Labels.Count} labels, pictures of {package.Card.Input.Size} x {package.Card.Input.Size}, mean "
                + $"{package.Card.Input.Mean}, scale {package.Card.Input.Scale}, {package.Card.Input.ColourOrder}");
        if (package.Card.Training["batch"] is { } batch)
            line.InvocationConfiguration.Output.WriteLine($"{batch}; exported for any number of pictures it is as many times as fast");
        return ExitCode.Done;
    }

    private static ChannelValues ParseChannels(ArgumentResult value)
    {
        var text = value.Tokens[0].Value;
        var numbers = new List<float>();
        foreach (var part in text.Split(','))
        {
            if (float.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
                numbers.Add(number);
        }
        if (numbers.Count == text.Split(',').Length && numbers is [var all])
            return all;
        if (numbers.Count == text.Split(',').Length && numbers is [var red, var green, var blue])
            return new ChannelValues(red, green, blue);
        value.AddError($"'{text}' is no number a colour: write one number, or three parted by commas (123.675,116.28,103.53)");
        return default;
    }
}
