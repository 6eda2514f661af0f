using System.Runtime.InteropServices;
using Google.Protobuf;
using SockSort.Models.Inference;
using SockSort.Models.Onnx;
using SockSort.Models.Package;
using SockSort.Models.Packing;
using SockSort.Testing;

namespace SockSort.Models.Tests.Onnx;

public sealed class ExternalDataTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void A_model_with_its_weights_in_another_file_is_packed_whole()
    {
        var labels = ModelPackage.ReadLabels(Repository.Shared("field/data/l3-bom.txt"));
        var foreign = OnnxModel.ReadForeign(Repository.Shared("field/data/external.onnx"));

        using var classifier = new Classifier(ModelPacker.Pack(foreign, labels, new PackOptions { Size = 64 }));

        Assert.Equal(["a", "b", "c"], classifier.Labels);
        Assert.Empty(ExternalData.FilesOf(foreign));
    }

    [Fact]
    public void Weights_are_what_stands_at_their_place_in_the_file()
    {
        var model = Write("w.data", ("offset", "4"), ("length", "24"));
        File.WriteAllBytes(_temp.File("w.data"), [.. new byte[4], .. MemoryMarshal.AsBytes<float>([1, 2, 3, 4, 5, 6])]);

        var read = OnnxModel.ReadForeign(model);

        Assert.Equal(
            [1f, 2, 3, 4, 5, 6], MemoryMarshal.Cast<byte, float>(read.Proto.Graph.Initializer.Single().RawData.Span).ToArray());
    }

    [Fact]
    public void A_second_file_that_is_not_there_is_named()
    {
        var error = Assert.Throws<ModelException>(() => OnnxModel.ReadForeign(Write("weights.bin")));

        Assert.Equal("its weights lie in 'weights.bin', which is not beside it: copy both files into one folder", error.Problem);
    }

    [Theory]
    [InlineData("../secret.bin")]
    [InlineData("/etc/passwd")]
    [InlineData("a/../../b")]
    public void A_file_outside_of_the_models_folder_is_not_read(string location)
    {
        var error = Assert.Throws<ModelException>(() => OnnxModel.ReadForeign(Write(location)));

        Assert.StartsWith($"its weights lie in '{location}', outside of its folder, which is not read", error.Problem);
    }

    [Fact]
    public void A_second_file_that_is_cut_off_is_named()
    {
        var model = Write("w.data", ("length", "24"));
        File.WriteAllBytes(_temp.File("w.data"), new byte[20]);

        var error = Assert.Throws<ModelException>(() => OnnxModel.ReadForeign(model));

        Assert.StartsWith("'w.data' beside it has 20 bytes, but the weights 'w' end at 24: it is cut off", error.Problem);
    }

    private string Write(string location, params (string Key, string Value)[] further)
    {
        var bytes = OnnxText.Model(
            [new NodeProto { OpType = "Add", Input = { "x", "w" }, Output = { "y" } }], OnnxText.Value("x", 2, 3),
            OnnxText.Value("y", 2, 3));
        var proto = ModelProto.Parser.ParseFrom(bytes);
        var weights = new TensorProto { Name = "w", DataType = 1, Dims = { 2, 3 }, DataLocation = 1 };
        foreach (var (key, value) in further.Prepend(("location", location)))
            weights.ExternalData.Add(new StringStringEntryProto { Key = key, Value = value });
        proto.Graph.Initializer.Add(weights);
        File.WriteAllBytes(_temp.File("m.onnx"), proto.ToByteArray());
        return _temp.File("m.onnx");
    }
}
