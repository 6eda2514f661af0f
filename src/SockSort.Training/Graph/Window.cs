using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace SockSort.Training.Graph;

/// <summary>How a window moves over a picture: its size, steps and what is put around the picture, top left bottom right.</summary>
internal sealed record Window(long[] Size, long[] Strides, long[] Dilations, long[] Pads, bool SameUpper)
{
    /// <exception cref="TrainingException">The window has not two axes, or its padding is of a kind that is not known.</exception>
    public static Window Of(NodeReader node, long[] size)
    {
        if (size.Length != 2)
            throw node.Unsupported($"{size.Length} axes of space, expected 2");
        var auto = node.Text("auto_pad", "NOTSET");
        if (auto is not ("NOTSET" or "VALID" or "SAME_UPPER"))
            throw node.Unsupported($"auto_pad {auto}");
        return new Window(size, node.Wholes("strides", 1, 1), node.Wholes("dilations", 1, 1),
            auto == "NOTSET" ? node.Wholes("pads", 0, 0, 0, 0) : [0, 0, 0, 0], auto == "SAME_UPPER");
    }

    /// <summary>Gives the padding that torch does itself, the same on opposite sides, and does the rest.</summary>
    /// <param name="input">N x C x H x W; replaced where it had to be padded.</param>
    /// <param name="filling">What is put around.</param>
    /// <param name="owned">The padded tensor, to be disposed of; null = none was made.</param>
    public long[] Pad(ref Tensor input, double filling, out Tensor? owned)
    {
        owned = null;
        var pads = SameUpper ? SamePads(input.shape) : Pads;
        if (pads[0] == pads[2] && pads[1] == pads[3])
            return [pads[0], pads[1]];
        input = owned = F.pad(input, [pads[1], pads[3], pads[0], pads[2]], TorchSharp.PaddingModes.Constant, filling);
        return [0, 0];
    }

    /// <summary>So that one comes out for every step that goes in; the odd pixel below and to the right.</summary>
    private long[] SamePads(long[] shape)
    {
        var pads = new long[4];
        for (var axis = 0; axis < 2; axis++)
        {
            var covered = (shape[axis + 2] + Strides[axis] - 1) / Strides[axis];
            var missing = Math.Max(0, (covered - 1) * Strides[axis] + (Size[axis] - 1) * Dilations[axis] + 1 - shape[axis + 2]);
            (pads[axis], pads[axis + 2]) = (missing / 2, missing - missing / 2);
        }
        return pads;
    }
}
