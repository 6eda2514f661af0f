using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using SockSort.Testing;

namespace SockSort.Models.Tests.Package;

public sealed class ModelPackageTests : IDisposable
{
    private readonly TempFolder _temp = new();

    private string File => _temp.File("model.tar.gz");

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void What_was_written_is_read_back()
    {
        var package = new ModelPackage(SmallModels.Package("Google", "Mongo").Onnx, SmallModels.Card("Google", "Mongo") with
        {
            Training = new JsonObject { ["seed"] = 7 },
            Metrics = new JsonObject { ["accuracy"] = 0.5 },
            RejectionThreshold = 0.25,
        });
        package.Write(File);

        var back = ModelPackage.Read(File);

        Assert.Equal(package.Onnx, back.Onnx);
        Assert.Equal(["Google", "Mongo"], back.Labels);
        Assert.Equal(package.Card.ToBytes(), back.Card.ToBytes());
        Assert.Equal(7, (int?)back.Card.Training["seed"]);
    }

    [Fact]
    public void Model_json_tells_another_program_how_to_feed_the_model()
    {
        var card = JsonNode.Parse(SmallModels.Package("Google", "Mongo").Card.ToBytes())!;

        Assert.Equal("""{"size":224,"fit":"stretch","resampling":"bicubic","colour_order":"RGB","mean":127,"scale":128}""", card["input"]!.ToJsonString());
        Assert.Equal("""[{"label":"Google","folder":"class-google"},{"label":"Mongo","folder":"class-mongo"}]""", card["classes"]!.ToJsonString());
        Assert.Equal(1, (double?)card["temperature"]);
        Assert.True(card.AsObject().ContainsKey("rejection_threshold"));
        Assert.Null(card["rejection_threshold"]);
    }

    [Fact]
    public void Equal_packages_are_equal_files()
    {
        SmallModels.Package("A", "B").Write(File);
        SmallModels.Package("A", "B").Write(_temp.File("again.tar.gz"));

        Assert.Equal(System.IO.File.ReadAllBytes(File), System.IO.File.ReadAllBytes(_temp.File("again.tar.gz")));
    }

    [Fact]
    public void Writing_replaces_the_old_package_and_leaves_nothing_beside_it()
    {
        SmallModels.Package("A", "B").Write(File);
        SmallModels.Package("C", "D").Write(File);

        Assert.Equal(["C", "D"], ModelPackage.Read(File).Labels);
        Assert.Equal([File], Directory.GetFiles(_temp.Path));
    }

    [Fact]
    public void A_missing_package_says_how_to_make_one()
    {
        var error = Assert.Throws<ModelException>(() => ModelPackage.Read(File));

        Assert.Equal($"{File}: no such file, expected a model package; 'socksort train --data DIR --out model.tar.gz' makes one", error.Message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(200)]
    [InlineData(-200)]
    public void A_package_that_is_cut_off_is_refused(int keptBytes)
    {
        SmallModels.Package("A", "B").Write(File);
        var bytes = System.IO.File.ReadAllBytes(File);
        System.IO.File.WriteAllBytes(File, bytes[..(keptBytes < 0 ? bytes.Length + keptBytes : keptBytes)]);

        var error = Assert.Throws<ModelException>(() => ModelPackage.Read(File));

        Assert.Equal($"{File}: the archive is cut off or no tar.gz; copy it again, or make it again ('socksort train --data DIR --out model.tar.gz' makes one)", error.Message);
    }

    [Fact]
    public void A_package_without_its_labels_is_refused()
    {
        Pack(("model.onnx", SmallModels.Package("A", "B").Onnx), ("model.json", SmallModels.Card("A", "B").ToBytes()));

        var error = Assert.Throws<ModelException>(() => ModelPackage.Read(File));

        Assert.Equal($"{File}: holds no 'labels.txt'; 'socksort train --data DIR --out model.tar.gz' makes one", error.Message);
    }

    [Theory]
    [InlineData("../labels.txt")]
    [InlineData("/etc/passwd")]
    [InlineData("notes.txt")]
    public void An_entry_that_does_not_belong_there_is_refused(string name)
    {
        Pack((name, [1]));

        var error = Assert.Throws<ModelException>(() => ModelPackage.Read(File));

        Assert.Equal($"{File}: holds '{name}', expected nothing but model.onnx, labels.txt, model.json", error.Message);
    }

    [Fact]
    public void An_entry_that_stands_there_twice_is_refused()
    {
        Pack(("labels.txt", [65]), ("labels.txt", [66]));

        var error = Assert.Throws<ModelException>(() => ModelPackage.Read(File));

        Assert.Equal($"{File}: holds 'labels.txt' twice, expected it once", error.Message);
    }

    [Fact]
    public void Labels_that_do_not_match_the_output_are_refused()
    {
        PackWithLabels("A\nB\nC\n");

        var error = Assert.Throws<ModelException>(() => ModelPackage.Read(File));

        Assert.Equal($"{File}: labels.txt has 3 labels, but the output 'probability' of model.onnx has 2; they must be equal", error.Message);
    }

    [Theory]
    [InlineData("", "labels.txt is empty, expected one label a line")]
    [InlineData("A\n\nB\n", "labels.txt:2: empty line, expected a label")]
    [InlineData("A\nA\n", "labels.txt: label 'A' stands there twice")]
    [InlineData("A\nC\n", "model.json: classes are not those of labels.txt (A, C)")]
    public void Bad_labels_are_refused(string labels, string problem)
    {
        PackWithLabels(labels);

        var error = Assert.Throws<ModelException>(() => ModelPackage.Read(File));

        Assert.Equal(problem, error.Problem);
    }

    [Fact]
    public void Labels_with_line_ends_of_Windows_are_read()
    {
        PackWithLabels("A\r\nB\r\n");

        Assert.Equal(["A", "B"], ModelPackage.Read(File).Labels);
    }

    [Fact]
    public void A_model_that_was_changed_after_training_is_refused()
    {
        var package = SmallModels.Package("A", "B");
        var changed = SmallModels.Package(SmallModels.ConstantHead(9, 9), "A", "B").Onnx;
        Pack(("model.onnx", changed), ("labels.txt", "A\nB\n"u8.ToArray()), ("model.json", package.Card.ToBytes()));

        var error = Assert.Throws<ModelException>(() => ModelPackage.Read(File));

        Assert.StartsWith("'model.onnx' does not have the SHA-256 that model.json names", error.Problem);
    }

    [Theory]
    [InlineData("{", "line 1: ")]
    [InlineData("null", "null, expected an object")]
    [InlineData("""{"classes":[]}""", "line 1: ")]
    [InlineData("""{"format":2,"input":{"size":224},"classes":[]}""", "format 2 is unknown, this version reads format 1")]
    [InlineData("""{"input":{"size":224,"fit":"crop"},"classes":[]}""", "input ModelInput { Size = 224, Fit = crop")]
    [InlineData("""{"input":{"size":100000},"classes":[]}""", "input size 100000 is out of range, expected 32 to 1024")]
    public void A_model_json_that_this_version_cannot_follow_is_refused(string json, string problem)
    {
        Pack(("model.onnx", [1]), ("labels.txt", [65]), ("model.json", Encoding.UTF8.GetBytes(json)));

        var error = Assert.Throws<ModelException>(() => ModelPackage.Read(File));

        Assert.StartsWith("model.json: " + problem, error.Problem);
    }

    [Fact]
    public void A_tar_of_the_system_is_read_too()
    {
        var package = SmallModels.Package("A", "B");
        Pack(("./model.json", package.Card.ToBytes()), ("./labels.txt", "A\nB\n"u8.ToArray()), ("./model.onnx", package.Onnx));

        Assert.Equal(["A", "B"], ModelPackage.Read(File).Labels);
    }

    private void PackWithLabels(string labels)
    {
        var package = SmallModels.Package("A", "B");
        Pack(("model.onnx", package.Onnx), ("labels.txt", Encoding.UTF8.GetBytes(labels)), ("model.json", package.Card.ToBytes()));
    }

    private void Pack(params (string Name, byte[] Bytes)[] entries)
    {
        using var packed = new GZipStream(System.IO.File.Create(File), CompressionLevel.NoCompression);
        using var tar = new TarWriter(packed, TarEntryFormat.Gnu);
        foreach (var (name, bytes) in entries)
            tar.WriteEntry(new GnuTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(bytes) });
    }
}
