using Google.Protobuf;
using SockSort.Models.Onnx;

namespace SockSort.Models.Tests.Onnx;

public class LinearHeadTests
{
    [Fact]
    public void The_backbone_stays_byte_for_byte_what_it_was_below_the_head()
    {
        var backbone = SmallModels.RealBackbone();

        var model = new LinearHead(new float[3 * 1280], [0, 1, 2]).AppendTo(backbone);

        Assert.Equal(backbone.Proto.Graph.Node.Count + 2, model.Proto.Graph.Node.Count);
        Assert.Equal(["probability", "embedding"], model.Proto.Graph.Output.Select(output => output.Name));
        Assert.Equal(backbone.Proto.Graph.Initializer, model.Proto.Graph.Initializer.Take(backbone.Proto.Graph.Initializer.Count));
        Assert.Equal(3, model.OutputWidth("probability"));
    }

    [Fact]
    public void A_model_that_is_read_and_written_again_keeps_every_byte()
    {
        var bytes = File.ReadAllBytes(SockSort.Testing.Repository.PathOf("models/efficientnet-lite0.onnx"));

        var again = ModelProto.Parser.ParseFrom(OnnxModel.Parse(bytes, "backbone").ToBytes());

        Assert.Equal(ModelProto.Parser.ParseFrom(bytes), again);
        Assert.Equal(bytes.Length, again.ToByteArray().Length);
    }

    [Fact]
    public void A_head_of_another_width_is_refused()
    {
        var head = new LinearHead(new float[2 * 640], new float[2]);

        var error = Assert.Throws<ModelException>(() => head.AppendTo(SmallModels.RealBackbone()));

        Assert.EndsWith("'embedding' is N x 1280, expected N x 640, as the head reads", error.Message);
    }

    [Fact]
    public void Bytes_that_are_no_model_are_refused()
    {
        var error = Assert.Throws<ModelException>(() => OnnxModel.Parse("hello"u8.ToArray(), "x.onnx"));

        Assert.Equal("x.onnx: not an ONNX model, or cut off", error.Message);
    }

    [Fact]
    public void A_missing_backbone_says_where_it_should_be()
    {
        var error = Assert.Throws<ModelException>(() => OnnxModel.Read("/nowhere/x.onnx"));

        Assert.Equal(
            "/nowhere/x.onnx: no such file, expected the backbone as ONNX; it lies in the repository as models/efficientnet-lite0.onnx",
            error.Message);
    }
}
