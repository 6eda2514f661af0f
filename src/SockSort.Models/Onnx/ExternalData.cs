using System.Globalization;
using Google.Protobuf;
using SockSort.Imaging.Decoding;
using SockSort.Models.Package;

namespace SockSort.Models.Onnx;

/// <summary>
/// Weights that lie in a second file beside the <c>.onnx</c>, as PyTorch's exporter writes them: they are taken into the model.
/// </summary>
public static class ExternalData
{
    private const int InAnotherFile = 1; // TensorProto.DataLocation.EXTERNAL
    private const int InThisFile = 0;

    /// <summary>Names of the files that a model needs beside it; empty for most.</summary>
    public static IReadOnlyList<string> FilesOf(OnnxModel model) =>
        [.. TensorsOf(model.Proto.Graph).Select(LocationOf).OfType<string>().Distinct(StringComparer.Ordinal)];

    /// <summary>Takes the weights in.</summary>
    /// <param name="model">Changed; afterwards it needs no other file.</param>
    /// <param name="folder">Where the files lie.</param>
    /// <exception cref="ModelException">A file is absent or too short, leads out of the folder, or all are too large.</exception>
    public static void TakeIn(OnnxModel model, string folder)
    {
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var tensor in TensorsOf(model.Proto.Graph))
        {
            if (LocationOf(tensor) is not { } name)
                continue;
            if (!files.TryGetValue(name, out var bytes))
                files[name] = bytes = Read(model.File, folder, name, files.Values.Sum(file => (long)file.Length));
            TakeIn(model.File, tensor, name, bytes);
        }
    }

    private static void TakeIn(string file, TensorProto tensor, string name, byte[] bytes)
    {
        var offset = NumberOf(tensor, "offset") ?? 0;
        var length = NumberOf(tensor, "length") ?? bytes.Length - offset;
        if (offset < 0 || length < 0 || offset + length > bytes.Length)
            throw ModelErrors.ExternalCutOff(file, name, bytes.Length, tensor.Name, offset + length);
        tensor.RawData = ByteString.CopyFrom(bytes.AsSpan((int)offset, (int)length));
        tensor.ExternalData.Clear();
        tensor.DataLocation = InThisFile;
    }

    private static byte[] Read(string file, string folder, string name, long before)
    {
        // The model names it: it may name nothing but a file beside itself or below.
        if (Path.IsPathRooted(name) || name.Split('/', '\\').Contains(".."))
            throw ModelErrors.ExternalOutside(file, name);
        var path = Path.Combine(folder, name);
        if (!File.Exists(path))
            throw ModelErrors.ExternalMissing(file, name);
        if (before + new FileInfo(path).Length > ModelArchive.MostBytes)
            throw ModelErrors.ExternalTooLarge(file, name, before + new FileInfo(path).Length, ModelArchive.MostBytes);
        try
        {
            return RegularFile.ReadAllBytes(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw ModelErrors.NotReadable(path, error);
        }
    }

    private static string? LocationOf(TensorProto tensor) =>
        tensor.DataLocation == InAnotherFile ? ValueOf(tensor, "location") ?? "" : null;

    private static long? NumberOf(TensorProto tensor, string key) =>
        long.TryParse(ValueOf(tensor, key), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string? ValueOf(TensorProto tensor, string key) =>
        tensor.ExternalData.FirstOrDefault(entry => entry.Key == key)?.Value;

    /// <summary>Weights and constants, also those of graphs within the graph.</summary>
    private static IEnumerable<TensorProto> TensorsOf(GraphProto graph) =>
        graph.Initializer.Concat(graph.Node.SelectMany(node => node.Attribute).SelectMany(TensorsOf));

    private static IEnumerable<TensorProto> TensorsOf(AttributeProto attribute)
    {
        var own = attribute.T is null ? attribute.Tensors : attribute.Tensors.Prepend(attribute.T);
        var inner = attribute.G is null ? attribute.Graphs : attribute.Graphs.Prepend(attribute.G);
        return own.Concat(inner.SelectMany(TensorsOf));
    }
}
