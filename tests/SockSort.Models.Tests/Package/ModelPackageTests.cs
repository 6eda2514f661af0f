using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using SockSort.Models.Package;
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

        Assert.Equal(
            """{"size":224,"fit":"stretch","resampling":"bicubic","colour_order":"RGB","mean":127,"scale":128}""",
            card["input"]!.ToJsonString());
        Assert.Equal(
            """[{"label":"Google","folder":"class-google"},{"label":"Mongo","folder":"class-mongo"}]""", card["classes"]!.ToJsonString());
        Assert.Equal(1, (double?)card["temperature"]);
        Assert.True(card.AsObject().ContainsKey("rejection_threshold"));
        Assert.Null(card["rejection_threshold"]);
    }

    [Fact]
    public void An_unpacked_package_is_read_from_its_folder()
    {
        SmallModels.Package("Google", "Mongo").Write(File);
        using (var packed = new GZipStream(System.IO.File.OpenRead(File), CompressionMode.Decompress))
            TarFile.ExtractToDirectory(packed, Directory.CreateDirectory(_temp.File("model")).FullName, overwriteFiles: false);
        _temp.Write("model/other.txt", "not ours");

        var back = ModelPackage.Read(_temp.File("model"));

        Assert.Equal(["Google", "Mongo"], back.Labels);
    }

    [Fact]
    public void A_folder_without_a_model_is_refused()
    {
        var error = Assert.Throws<ModelException>(() => ModelPackage.Read(_temp.Path));

        Assert.Equal($"{_temp.Path}: holds no 'model.onnx'; 'socksort train --data DIR --out model.tar.gz' makes one", error.Message);
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

        Assert.Equal(
            $"{File}: no such file, expected a model package; 'socksort train --data DIR --out model.tar.gz' makes one", error.Message);
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

        Assert.Equal(
            $"{File}: the archive is cut off or no tar.gz; copy it again, or make it again ('socksort train --data DIR --out "
                + "model.tar.gz' makes one)",
            error.Message);
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

    [Theory]
    [InlineData(TarEntryType.SymbolicLink)]
    [InlineData(TarEntryType.HardLink)]
    public void A_link_in_place_of_a_file_is_refused(TarEntryType link)
    {
        Pack(new GnuTarEntry(link, "labels.txt") { LinkName = "/etc/passwd" });

        var error = Assert.Throws<ModelException>(() => ModelPackage.Read(File));

        Assert.Equal($"{File}: holds 'labels.txt', expected nothing but model.onnx, labels.txt, model.json", error.Message);
    }

    [Fact]
    public void A_bomb_is_refused_before_it_is_unpacked()
    {
        PackZeros("labels.txt", 1L << 26);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var error = Assert.Throws<ModelException>(() => ModelPackage.Read(File));

        Assert.Equal($"{File}: 'labels.txt' has 67108864 bytes, at most 4194304 are read", error.Message);
        Assert.InRange(new FileInfo(File).Length, 0, 1_000_000);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void A_bomb_between_the_entries_is_refused_too()
    {
        using (var packed = new GZipStream(System.IO.File.Create(File), CompressionLevel.Fastest))
        {
            // An extended header: 'x' at byte 156, its length in octal at 124.
            var header = new byte[512];
            "bomb"u8.CopyTo(header);
            Encoding.ASCII.GetBytes("0000000\00000000\00000000\0" + Convert.ToString(288L << 20, 8).PadLeft(11, '0') + "\000000000000\0")
                .CopyTo(header, 100);
            header[156] = (byte)'x';
            "ustar\000"u8.CopyTo(header.AsSpan(257));
            "        "u8.CopyTo(header.AsSpan(148));
            Encoding.ASCII.GetBytes(Convert.ToString(header.Sum(value => value), 8).PadLeft(6, '0') + "\0 ").CopyTo(header, 148);
            packed.Write(header);
            for (var written = 0; written < 288 << 20; written += 1 << 20)
                packed.Write(new byte[1 << 20]);
        }

        var error = Assert.Throws<ModelException>(() => ModelPackage.Read(File));

        Assert.StartsWith($"{File}: ", error.Message);
    }

    [Fact]
    public void An_entry_that_stands_there_twice_is_refused()
    {
        Pack(("labels.txt", [65]), ("labels.txt", [66]));

        var error = Assert.Throws<ModelException>(() => ModelPackage.Read(File));

        Assert.Equal($"{File}: holds 'labels.txt' twice, expected it once", error.Message);
    }

    [Theory]
    [InlineData("temperature", 0.0, "temperature 0 is out of range, expected a number above 0")]
    [InlineData("temperature", -1.5, "temperature -1.5 is out of range, expected a number above 0")]
    [InlineData("rejection_threshold", 1.5, "rejection threshold 1.5 is out of range, expected 0 to 1, or null")]
    [InlineData("rejection_threshold", -0.1, "rejection threshold -0.1 is out of range, expected 0 to 1, or null")]
    public void A_card_with_a_figure_out_of_its_range_is_refused(string name, double value, string problem)
    {
        var card = JsonNode.Parse(SmallModels.Package("A", "B").Card.ToBytes())!;
        card[name] = value;

        var error = Assert.Throws<ModelException>(() => ModelCard.Parse(Encoding.UTF8.GetBytes(card.ToJsonString()), "model.tar.gz"));

        Assert.Equal($"model.tar.gz: model.json: {problem}", error.Message);
    }

    [Theory]
    [InlineData("""{"threshold": 1.5, "how": ""}""", "unknown: threshold 1.5 is out of range, expected 0 to 1")]
    [InlineData("""{"version": 2, "threshold": 0.5, "how": ""}""", "unknown: version 2 is not known, this program reads version 1")]
    public void A_way_to_tell_unknown_socks_that_this_version_cannot_follow_is_refused(string unknown, string problem)
    {
        var card = JsonNode.Parse(SmallModels.Package("A", "B").Card.ToBytes())!;
        card["unknown"] = JsonNode.Parse(unknown);

        var error = Assert.Throws<ModelException>(() => ModelCard.Parse(Encoding.UTF8.GetBytes(card.ToJsonString()), "model.tar.gz"));

        Assert.Equal($"model.tar.gz: model.json: {problem}", error.Message);
    }

    [Fact]
    public void A_package_whose_graph_lacks_the_output_unknown_that_its_card_names_is_refused()
    {
        var plain = SmallModels.Package("A", "B");
        var card = plain.Card with { Unknown = new UnknownScore { Threshold = 0.5, How = "by distances" } };

        var error = Assert.Throws<ModelException>(() => new ModelPackage(plain.Onnx, card));

        Assert.Equal("the model: has no output 'unknown', only 'probability', 'embedding'", error.Message);
    }

    [Fact]
    public void Labels_that_do_not_match_the_output_are_refused()
    {
        PackWithLabels("A\nB\nC\n");

        var error = Assert.Throws<ModelException>(() => ModelPackage.Read(File));

        Assert.Equal(
            $"{File}: labels.txt has 3 labels, but the output 'probability' of model.onnx has 2; they must be equal", error.Message);
    }

    [Theory]
    [InlineData("N", 3, 32, 32, "'image' is N x 3 x 32 x 32, expected N x 3 x 224 x 224")]
    [InlineData("N", 1, 224, 224, "'image' is N x 1 x 224 x 224, expected N x 3 x 224 x 224")]
    [InlineData(4, 3, 224, 224, "'image' is 4 x 3 x 224 x 224, expected N x 3 x 224 x 224")]
    public void A_model_that_takes_other_pictures_than_its_card_says_is_refused(
        object count, int colours, int height, int width, string problem)
    {
        var model = SockSort.Models.Onnx.OnnxModel.Parse(SmallModels.Package("A", "B").Onnx, "small.onnx");
        model.Proto.Graph.Input[0] = OnnxText.Value("image", count, colours, height, width);

        var error = Assert.Throws<ModelException>(() => new ModelPackage(model.ToBytes(), SmallModels.Card("A", "B")));

        Assert.Equal(problem, error.Problem);
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
    [InlineData(
        """{"input":{"size":224,"fit":"crop"},"classes":[]}""",
        "fit 'crop' with resampling 'bicubic' is not how this version prepares a picture ('stretch' with 'bicubic')")]
    [InlineData("""{"input":{"size":224,"colour_order":"HSV"},"classes":[]}""", "colour order 'HSV' is unknown, expected RGB or BGR")]
    [InlineData("""{"input":{"size":224,"scale":0},"classes":[]}""", "mean 127 and scale 0 are no scaling")]
    [InlineData("""{"input":{"size":224,"scale":[1,2,-3]},"classes":[]}""", "mean 127 and scale 1,2,-3 are no scaling")]
    [InlineData(
        """{"input":{"size":224,"mean":[1,2]},"classes":[]}""", "line 1: a mean or scale is one number, or three for red, green, blue")]
    [InlineData("""{"input":{"size":224,"mean":"x"},"classes":[]}""", "line 1: ")]
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

    [Fact]
    public void A_package_in_a_package_is_read_as_SageMaker_makes_it_of_a_folder_that_holds_one()
    {
        SmallModels.Package("Google", "Mongo").Write(File);
        var inner = System.IO.File.ReadAllBytes(File);
        Pack(("./model.tar.gz", inner));

        Assert.Equal(["Google", "Mongo"], ModelPackage.Read(File).Labels);
    }

    [Fact]
    public void A_package_beside_other_files_in_a_package_is_refused()
    {
        SmallModels.Package("Google", "Mongo").Write(File);
        Pack(("model.tar.gz", System.IO.File.ReadAllBytes(File)), ("labels.txt", "A\n"u8.ToArray()));

        Assert.Contains("holds no 'model.onnx'", Assert.Throws<ModelException>(() => ModelPackage.Read(File)).Message);
    }

    [Fact]
    public void A_folder_is_read_whether_it_holds_the_files_or_a_package_of_them()
    {
        var package = SmallModels.Package("Google", "Mongo");
        package.WriteFiles(_temp.File("files"));
        package.Write(_temp.File("packed/model.tar.gz"));

        Assert.Equal(["labels.txt", "model.json", "model.onnx"], Directory.GetFiles(_temp.File("files")).Select(Path.GetFileName).Order());
        Assert.Equal(package.Onnx, ModelPackage.Read(_temp.File("files")).Onnx);
        Assert.Equal(package.Onnx, ModelPackage.Read(_temp.File("packed")).Onnx);
    }

    [Fact]
    public void Notes_that_macOS_adds_to_archives_are_passed_over()
    {
        var package = SmallModels.Package("Google", "Mongo");
        package.WriteFiles(_temp.File("files"));
        Pack([
            ("./._model.onnx", [0, 5, 22, 7]),
            .. ((string[])["model.onnx", "labels.txt", "model.json"]).Select(
                name => ("./" + name, System.IO.File.ReadAllBytes(_temp.File("files/" + name)))),
        ]);

        Assert.Equal(package.Onnx, ModelPackage.Read(File).Onnx);
    }

    private void PackWithLabels(string labels)
    {
        var package = SmallModels.Package("A", "B");
        Pack(("model.onnx", package.Onnx), ("labels.txt", Encoding.UTF8.GetBytes(labels)), ("model.json", package.Card.ToBytes()));
    }

    private void PackZeros(string name, long lengthBytes)
    {
        var zeros = Path.GetTempFileName();
        using (var sparse = System.IO.File.OpenWrite(zeros))
            sparse.SetLength(lengthBytes);
        using var content = new FileStream(zeros, FileMode.Open, FileAccess.Read, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
        Pack(new GnuTarEntry(TarEntryType.RegularFile, name) { DataStream = content });
    }

    private void Pack(GnuTarEntry entry)
    {
        using var packed = new GZipStream(System.IO.File.Create(File), CompressionLevel.Fastest);
        using var tar = new TarWriter(packed, TarEntryFormat.Gnu);
        tar.WriteEntry(entry);
    }

    private void Pack(params (string Name, byte[] Bytes)[] entries)
    {
        using var packed = new GZipStream(System.IO.File.Create(File), CompressionLevel.NoCompression);
        using var tar = new TarWriter(packed, TarEntryFormat.Gnu);
        foreach (var (name, bytes) in entries)
            tar.WriteEntry(new GnuTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(bytes) });
    }
}
