using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using SockSort.Edge.Cameras;
using SockSort.Edge.Loop;
using SockSort.Host.Listening;
using SockSort.Imaging;
using SockSort.Imaging.Decoding;
using SockSort.Imaging.Encoding;
using SockSort.Imaging.Kernels;
using SockSort.Imaging.Synthetic;
using SockSort.Models.Inference;
using SockSort.Models.Onnx;
using SockSort.Models.Package;
using SockSort.Models.Tests;
using SockSort.Mqtt;
using SockSort.Mqtt.Publishing;
using SockSort.Server.Endpoint;
using SockSort.Testing;

namespace SockSort.Cli.Tests;

/// <summary>One model and one picture give one answer, whichever way the picture comes to the model.</summary>
public sealed class EveryWayTests : IDisposable
{
    private const double Tolerance = 1e-5;
    private static readonly string[] Labels = ["A", "B", "C", "D", "E"];

    private readonly TempFolder _folder = new();
    private readonly ModelPackage _model = Model();

    public EveryWayTests()
    {
        _model.Write(Package);
        Directory.CreateDirectory(_folder.File("frames"));
        foreach (var (index, frame) in SampleFrames().Index())
            File.WriteAllBytes(_folder.File($"frames/{index:00}.png"), PngWriter.Encode(frame));
        _folder.Write("frames/labels.csv", "frame,label\n" + string.Concat(Pictures.Select(path => $"{Path.GetFileName(path)},A\n")));
    }

    private string Package => _folder.File("model.tar.gz");

    private string[] Pictures => [.. Directory.GetFiles(_folder.File("frames"), "*.png").Order(StringComparer.Ordinal)];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Classify_evaluator_edge_and_endpoint_give_equal_probabilities()
    {
        var classified = await ClassifyAsync(Pictures);

        var evaluated = await EvaluateAsync();
        var invoked = await InvokeAsync();
        var seen = await WatchAsync();

        Assert.All(classified.Zip(evaluated), pair => AssertNear(pair.First, pair.Second));
        Assert.All(classified.Zip(invoked), pair => AssertNear(pair.First, pair.Second));
        Assert.Equal(classified.Select(shares => Labels[Array.IndexOf(shares, shares.Max())]), seen.Select(frame => frame.Label));
        Assert.All(classified.Zip(seen), pair => Assert.Equal(pair.First.Max(), pair.Second.Percent / 100, Tolerance));
    }

    [Fact]
    public async Task Onnxruntime_of_Node_gives_the_probabilities_of_classify()
    {
        _ = NpmPackages.Find("onnxruntime-node/package.json");
        string[] bitmaps = [.. Pictures.Select(WriteBitmap)];
        await RunAsync("tar", "xzf", Package, "-C", _folder.Path);
        var script = _folder.Write("run.mjs", NodeScript);

        var printed = await RunAsync("node", [script, _folder.File("model.onnx"), .. bitmaps]);

        var node = JsonSerializer.Deserialize<double[][]>(printed)!;
        Assert.All((await ClassifyAsync(bitmaps)).Zip(node, (ours, theirs) => (ours, theirs)), pair => AssertNear(pair.ours, pair.theirs));
        Assert.Equal(bitmaps.Length, node.Length);
    }

    /// <summary>Reads a 24-bit bitmap and scales it by its own means; only model.onnx comes from SockSort.</summary>
    private static string NodeScript => $$"""
        import { readFileSync } from 'node:fs';
        import { createRequire } from 'node:module';
        const ort = createRequire('{{Repository.PathOf(".build/npm/")}}')('onnxruntime-node');
        const [model, ...pictures] = process.argv.slice(2);
        const session = await ort.InferenceSession.create(model);
        const answers = [];
        for (const picture of pictures) {
          const bytes = readFileSync(picture), start = bytes.readUInt32LE(10), side = bytes.readInt32LE(18), rowBytes = (side * 3 + 3) & ~3;
          const image = new Float32Array(3 * side * side);
          for (let y = 0; y < side; y++)
            for (let x = 0; x < side; x++)
              for (let colour = 0; colour < 3; colour++)
                image[(colour * side + y) * side + x] = (bytes[start + (side - 1 - y) * rowBytes + x * 3 + 2 - colour] - 127) / 128;
          const { probability } = await session.run({ image: new ort.Tensor('float32', image, [1, 3, side, side]) });
          answers.push([...probability.data]);
        }
        console.log(JSON.stringify(answers));
        """;

    private static async Task<double[][]> ClassifyAsync(string[] pictures, string package)
    {
        var run = await CliRun.InvokeAsync(["classify", package, "--json", .. pictures]);
        return
        [
            .. JsonNode.Parse(run.Output)!.AsArray()
            .Select(answer => Labels.Select(label => (double)answer!["probabilities"]![label]!).ToArray()),
        ];
    }

    private Task<double[][]> ClassifyAsync(string[] pictures) => ClassifyAsync(pictures, Package);

    private async Task<double[][]> EvaluateAsync()
    {
        var run = await CliRun.InvokeAsync("evaluate", Package, _folder.File("frames"), "--json");
        return
        [
            .. JsonNode.Parse(run.Output)!["judgements"]!.AsArray()
            .Select(judgement => judgement!["probabilities"]!.AsArray().Select(share => (double)share!).ToArray()),
        ];
    }

    private async Task<double[][]> InvokeAsync()
    {
        await using var endpoint = await ModelEndpoint.StartAsync(
            _model, new EndpointOptions { MostWaiting = 200 }, WebListening.At("http://127.0.0.1:0"),
            TestContext.Current.CancellationToken);
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{endpoint.Addresses[0].Port}") };
        return await Task.WhenAll(Pictures.Select(async path =>
        {
            var content = new ByteArrayContent(await File.ReadAllBytesAsync(path))
            {
                Headers = { ContentType = new MediaTypeHeaderValue("application/x-image") },
            };
            using var answer = await client.PostAsync("/invocations", content);
            return JsonSerializer.Deserialize<double[]>(await answer.Content.ReadAsStringAsync())!;
        }));
    }

    private async Task<List<EdgeFrame>> WatchAsync()
    {
        await using var camera = CameraSource.Open(_folder.File("frames"), new CameraOptions { Fps = 0 });
        using var classifier = Classifier.Open(Package);
        await using var publisher = MqttPublisher.Start(
            new PublisherOptions { Endpoint = new MqttEndpoint { Host = "127.0.0.1", Port = FreePort.Next() } });
        var runner = new EdgeRunner(camera, classifier, publisher, new EdgeOptions());
        List<EdgeFrame> frames = [];
        runner.FrameDone += frames.Add;
        await runner.RunAsync(TestContext.Current.CancellationToken);
        return frames;
    }

    /// <summary>The picture at the model's size: nothing is left for another program to stretch.</summary>
    private string WriteBitmap(string picture)
    {
        var frame = new Resampler(224, 224).Resize(PictureReader.Read(picture));
        using var bitmap = new MemoryStream();
        var writer = new BinaryWriter(bitmap);
        writer.Write("BM"u8);
        foreach (var field in new[] { 54 + frame.Rgb.Length, 0, 54, 40, frame.Width, frame.Height })
            writer.Write(field);
        writer.Write((short)1);
        writer.Write((short)24);
        writer.Write(new byte[24]);
        for (var y = frame.Height - 1; y >= 0; y--)
        {
            foreach (var pixel in frame.Row(y).ToArray().Chunk(3))
                writer.Write([pixel[2], pixel[1], pixel[0]]);
        }
        var path = Path.ChangeExtension(picture, ".bmp");
        File.WriteAllBytes(path, bitmap.ToArray());
        return path;
    }

    /// <summary>Synthetic photos, and where they are there the sample photos and camera frames.</summary>
    private static IEnumerable<Frame> SampleFrames()
    {
        using var world = new PhotoWorld(3, classes: 4);
        foreach (var design in world.Designs)
            yield return world.Photo(design, 0);
        var shared = Repository.PathOf("../shared/data");
        if (!Directory.Exists(shared))
            yield break;
        foreach (var photo in Directory.GetFiles(shared, "*.jpg", SearchOption.AllDirectories)
            .Concat(Directory.GetFiles(shared, "*.png", SearchOption.AllDirectories))
            .Order(StringComparer.Ordinal))
            yield return PictureReader.Read(photo);
    }

    /// <summary>The real backbone; its head is made up, such that no label is sure.</summary>
    private static ModelPackage Model()
    {
        var backbone = SmallModels.RealBackbone();
        var weights = Enumerable.Range(0, Labels.Length * 1280).Select(index => 0.05f * MathF.Sin(index * 1.7f)).ToArray();
        return new ModelPackage(new LinearHead(weights, new float[Labels.Length]).AppendTo(backbone).ToBytes(), SmallModels.Card(Labels));
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(Programs.Find(program), arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await error);
        return output;
    }

    private static void AssertNear(double[] expected, double[] actual) =>
        Assert.Equal(expected, actual, (a, b) => Math.Abs(a - b) <= Tolerance);
}
