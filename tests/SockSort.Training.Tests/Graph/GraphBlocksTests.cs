using SockSort.Models.Onnx;
using SockSort.Testing;
using SockSort.Training.Graph;

namespace SockSort.Training.Tests.Graph;

public class GraphBlocksTests
{
    [Fact]
    public void The_shipped_backbone_has_sixteen_blocks_that_end_behind_projection_or_shortcut()
    {
        var graph = OnnxModel.Read(Repository.PathOf("models/efficientnet-lite0.onnx")).Proto.Graph;
        var blocks = new GraphBlocks(graph);

        Assert.Equal(16, blocks.Ends.Count);
        Assert.Equal("blocks.8.expand_conv", graph.Node[blocks.FirstNodeOf(8)].Name);
        Assert.Equal("conv_head", graph.Node[blocks.FirstNodeOf(0)].Name);
        Assert.Equal(0, blocks.FirstNodeOf(16));
        Assert.Equal(0, blocks.FirstNodeOf(99));
    }

    [Fact]
    public void A_block_with_a_shortcut_ends_behind_its_activation()
    {
        var graph = SmallGraph.Begin().Conv(3, 8, 3).Node("Relu");
        for (var i = 0; i < 2; i++)
        {
            var shortcut = graph.Last;
            graph = graph.Conv(8, 8, 3).Node("Relu").Conv(8, 8, 3).Node("Add", ["", shortcut]).Node("Relu");
        }
        var model = graph.End(8);

        var blocks = new GraphBlocks(model.Proto.Graph);

        Assert.Equal(["relu6", "relu11"], blocks.Ends.Select(end => model.Proto.Graph.Node[end].Name));
        Assert.Equal(7, blocks.FirstNodeOf(1));
    }

    [Fact]
    public void In_a_plain_chain_a_block_ends_behind_each_activation()
    {
        var model = SmallGraph.Begin().Conv(3, 8, 3).Node("Relu").Conv(8, 8, 3).Node("Relu").End(8);

        var blocks = new GraphBlocks(model.Proto.Graph);

        Assert.Equal(["relu1", "relu3"], blocks.Ends.Select(end => model.Proto.Graph.Node[end].Name));
    }
}
