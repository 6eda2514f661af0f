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
            """{"epochs": "45", "mini_batch_size": "6", "image_shape": "3,64,64", "num_classes": "2", "blocks": "2"}""");

        var run = await CliRun.InvokeAsync("sagemaker", "train", "--root", _temp.Path);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var package = ModelPackage.Read(_temp.File("model"));
        Assert.Equal(["labels.txt", "model.json", "model.onnx"], Directory.GetFiles(_temp.File("model")).Select(Path.GetFileName).Order());
        Assert.Equal(["Google", "Mongo", "Blank"], package.Labels);
        Assert.Equal((30, 2, 64), ((int)package.Card.Training["steps"]!, (int)package.Card.Training["blocks"]!, package.Card.Input.Size));
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
        var card = ModelPackage.Read(_temp.File("model")).Card;
        Assert.Equal((4, 2), ((int)card.Training["photos"]!, (int)card.Metrics["photos_held_out"]!));
        Assert.StartsWith($"2 photos of {_temp.File("input/data/validation")}", (string?)card.Metrics["how"]);
    }

    [Fact]
    public async Task Two_record_files_of_the_channel_training_are_one_set_and_the_channel_test_tries_the_model()
    {
        WritePhotos();
        Directory.Move(_temp.File("input/data/train"), _temp.File("photos"));
        foreach (var (number, name) in ((string[])["class-google", "class-mongo"]).Index())
        {
            var photos = Directory.GetFiles(_temp.File($"photos/{name}")).Select(file => $"{name}/{Path.GetFileName(file)}");
            _temp.Write(
                $"input/data/training/part_{number}.lst",
                string.Concat(photos.Select((file, at) => $"{number * 10 + at}\t{number}\t{file}\n")));
        }
        var packed = await CliRun.InvokeAsync("im2rec", _temp.File("input/data/training/part"), _temp.File("photos"));
        Assert.Equal(0, packed.ExitCode);
        Directory.CreateDirectory(_temp.File("input/data/test"));
        File.Copy(_temp.File("input/data/training/part_1.rec"), _temp.File("input/data/test/socks.rec"));
        _temp.Write("input/config/hyperparameters.json", """{"blocks": "0", "image_size": "64", "copies": "2"}""");

        var run = await SocksortProcess.RunAsync(["sagemaker", "train", "--root", _temp.Path]);

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(["Google", "Mongo", "Blank"], ModelPackage.Read(_temp.File("model")).Labels);
        Assert.Contains("channel test: accuracy ", run.Output);
    }

    [Fact]
    public async Task An_augmented_manifest_is_learnt_from_by_the_names_in_it()
    {
        WritePhotos();
        var lines = ((string[])["class-mongo", "class-google"]).SelectMany((name, number) =>
            Directory.GetFiles(_temp.File($"input/data/train/{name}")).Select(file =>
                $"{{\"source-ref\": \"{name}/{Path.GetFileName(file)}\", \"sock\": {number}, "
                    + $"\"sock-metadata\": {{\"class-name\": \"{name[6..]}\"}}}}"));
        _temp.Write("input/data/train/output.manifest", string.Join('\n', lines) + "\n");
        _temp.Write("input/config/hyperparameters.json", """{"blocks": "0", "image_size": "64", "copies": "2"}""");

        var run = await CliRun.InvokeAsync("sagemaker", "train", "--root", _temp.Path);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(["Mongo", "Google", "Blank"], ModelPackage.Read(_temp.File("model")).Labels);
    }

    [Fact]
    public async Task Pipe_mode_is_refused_by_name()
    {
        _temp.Write("input/config/inputdataconfig.json", """{"train": {"TrainingInputMode": "Pipe", "RecordWrapperType": "None"}}""");

        var run = await CliRun.InvokeAsync("sagemaker", "train", "--root", _temp.Path);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("the channel 'train' comes in pipe mode, which is not read: set TrainingInputMode to File", run.LastError);
    }

    [Fact]
    public void Every_option_of_train_that_says_how_is_learnt_is_a_hyperparameter()
    {
        var path = _temp.Write("hyperparameters.json", """{"copies": "7", "l2": "0.5", "threads": "3", "device": "cuda", "seed": "9"}""");

        var (options, unused, _) = HyperParameters.Read(path);

        Assert.Equal(
            new TrainingOptions { Copies = 7, L2 = 0.5, Threads = 3, Device = "cuda", Seed = 9, Augmentation = options.Augmentation },
            options);
        Assert.Empty(unused);
    }

    [Theory]
    [InlineData("""{"learning_rate": "0.01", "optimizer": "sgd"}""", 6e-4)]
    [InlineData("""{"learning_rate": "0.001", "optimizer": "sgd"}""", 6e-5)]
    [InlineData("""{"learning_rate": "0.1"}""", 6e-4)]
    [InlineData("""{"learning_rate": "0.1", "optimizer": "nag"}""", 6e-4)]
    public void A_rate_for_plain_gradient_descent_is_translated_and_told(string hyperParameters, double rate)
    {
        var (options, unused, notes) = HyperParameters.Read(_temp.Write("hyperparameters.json", hyperParameters));

        Assert.Equal(rate, options.LearningRate, 1e-9);
        Assert.Contains("AdamW, which learns here, takes 0.000", Assert.Single(notes));
        Assert.Empty(unused);
    }

    [Theory]
    [InlineData("""{"learning_rate": "0.001", "optimizer": "adam"}""", 1e-3)]
    [InlineData("""{"learning_rate": "0.0003"}""", 3e-4)]
    [InlineData("""{"optimizer": "sgd"}""", 6e-4)]
    public void Another_rate_stays_as_it_is(string hyperParameters, double rate)
    {
        var (options, _, notes) = HyperParameters.Read(_temp.Write("hyperparameters.json", hyperParameters));

        Assert.Equal((rate, 0), (options.LearningRate, notes.Count));
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
