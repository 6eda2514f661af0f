using SockSort.Cli.Commands.Sagemaker;
using SockSort.Models.Package;
using SockSort.Testing;
using SockSort.Training;

namespace SockSort.Cli.Tests.Commands;

/// <summary>The contract of a SageMaker training container, below a folder that stands for <c>/opt/ml</c>.</summary>
public sealed class SagemakerTrainTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task Photos_of_the_channel_train_become_a_model_by_the_hyperparameters()
    {
        WritePhotos();
        _temp.Write(
            "input/config/hyperparameters.json",
            """{"epochs": "3", "mini_batch_size": "6", "image_shape": "3,64,64", "num_classes": "2", "blocks": "2"}""");

        var run = await CliRun.InvokeAsync("sagemaker", "train", "--root", _temp.Path);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var package = ModelPackage.Read(_temp.File("model/model.tar.gz"));
        Assert.Equal(["Google", "Mongo", "Blank"], package.Labels);
        Assert.Equal((2, 2, 64), ((int)package.Card.Training["steps"]!, (int)package.Card.Training["blocks"]!, package.Card.Input.Size));
        Assert.False(File.Exists(_temp.File("output/failure")));
    }

    [Fact]
    public async Task Photos_of_the_channel_validation_judge_the_model()
    {
        var photos = Repository.Shared("data/sock-photos");
        foreach (var folder in (string[])["class-google", "class-mongo"])
        {
            foreach (var (number, photo) in Directory.GetFiles(Path.Combine(photos, folder)).Order().Index())
                File.Copy(
                    photo,
                    Path.Combine(
                        Directory.CreateDirectory(_temp.File($"input/data/{(number == 0 ? "validation" : "train")}/{folder}")).FullName,
                        Path.GetFileName(photo)));
        }
        _temp.Write("input/config/hyperparameters.json", """{"steps": "1", "blocks": "0", "image_size": "64"}""");

        var run = await CliRun.InvokeAsync("sagemaker", "train", "--root", _temp.Path);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var card = ModelPackage.Read(_temp.File("model/model.tar.gz")).Card;
        Assert.Equal((4, 2), ((int)card.Training["photos"]!, (int)card.Metrics["photos_held_out"]!));
        Assert.StartsWith($"2 photos of {_temp.File("input/data/validation")}", (string?)card.Metrics["how"]);
    }

    [Fact]
    public void Every_option_of_train_that_says_how_is_learnt_is_a_hyperparameter()
    {
        var path = _temp.Write("hyperparameters.json", """{"copies": "7", "l2": "0.5", "threads": "3", "device": "cuda", "seed": "9"}""");

        var (options, unused) = HyperParameters.Read(path);

        Assert.Equal(
            new TrainingOptions { Copies = 7, L2 = 0.5, Threads = 3, Device = "cuda", Seed = 9, Augmentation = options.Augmentation },
            options);
        Assert.Empty(unused);
    }

    [Fact]
    public async Task A_reason_that_cannot_be_written_does_not_take_the_place_of_the_reason()
    {
        _temp.Write("input/config/hyperparameters.json", """{"epochs": "many"}""");
        _temp.Write("output", "a file where the folder should be");

        var run = await CliRun.InvokeAsync("sagemaker", "train", "--root", _temp.Path);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("hyperparameter 'epochs' is 'many'", run.LastError);
    }

    [Fact]
    public async Task A_training_that_is_stopped_has_not_failed()
    {
        WritePhotos();
        _temp.Write(
            "input/config/hyperparameters.json",
            """{"steps": "100000", "mini_batch_size": "6", "image_size": "64", "blocks": "1", "copies": "1"}""");
        await using var training = SocksortProcess.Start(["sagemaker", "train", "--root", _temp.Path]);
        await Eventually.TrueAsync(() => File.Exists(_temp.File("checkpoints/socksort.checkpoint")), "the training is under way");

        training.Terminate();
        var exitCode = await training.EndAsync();

        Assert.NotEqual(0, exitCode);
        Assert.False(File.Exists(_temp.File("output/failure")));
    }

    [Theory]
    [InlineData("""{"epoch": "3"}""", "hyperparameter 'epoch' is unknown, known are blocks, copies, device, epochs, ")]
    [InlineData("""{"epochs": "many"}""", "hyperparameter 'epochs' is 'many', expected a whole number from 1 to 100000")]
    [InlineData("""{"image_shape": "3,224,200"}""", "hyperparameter 'image_shape' is '3,224,200', expected a whole number from 64 to 512")]
    [InlineData("{", "no JSON object of names and values")]
    [InlineData("null", "null is no JSON object of names and values")]
    [InlineData("""{"device": "tpu"}""", "hyperparameter 'device' is 'tpu', expected cpu or cuda")]
    [InlineData("{}", "no such folder, expected the channel 'train'")]
    public async Task A_failure_says_why_in_the_file_that_SageMaker_shows(string hyperParameters, string reason)
    {
        _temp.Write("input/config/hyperparameters.json", hyperParameters);

        var run = await CliRun.InvokeAsync("sagemaker", "train", "--root", _temp.Path);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(reason, File.ReadAllText(_temp.File("output/failure")));
        Assert.False(Directory.Exists(_temp.File("model")));
    }

    private void WritePhotos()
    {
        var photos = Repository.Shared("data/sock-photos");
        foreach (var folder in (string[])["class-google", "class-mongo"])
        {
            foreach (var photo in Directory.GetFiles(Path.Combine(photos, folder)).Take(2))
                File.Copy(
                    photo,
                    Path.Combine(Directory.CreateDirectory(_temp.File($"input/data/train/{folder}")).FullName, Path.GetFileName(photo)));
        }
    }
}
