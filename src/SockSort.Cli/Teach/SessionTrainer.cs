using SockSort.Cli.Evaluation;
using SockSort.Cli.Output;
using SockSort.Models.Inference;
using SockSort.Models.Versions;
using SockSort.Teaching.Sessions;

namespace SockSort.Cli.Teach;

/// <summary>Trains for a session of a program that runs, and compares what came of it with the model in use.</summary>
/// <param name="more">More arguments of <c>socksort train</c>.</param>
internal sealed class SessionTrainer(ModelVersions versions, IReadOnlyList<string> more) : ITrainer
{
    public async Task<ITrainedModel> TrainAsync(string photos, Action<string> tell, CancellationToken cancel)
    {
        await TaughtModel.RequireSocksAsync(photos, cancel);
        using var lines = new LineWriter(tell);
        var taught = await TaughtModel.TrainAsync(photos, versions, more, lines, cancel);
        try
        {
            var judging = new ModelJudging(TextWriter.Null, lines, new InferenceOptions().Threads);
            if (await taught.CompareAsync(photos, judging, cancel) is { } difference)
                TaughtModel.Write(difference, Consoles.For(lines));
            return new Model(taught, versions);
        }
        catch
        {
            taught.Dispose();
            throw;
        }
    }

    private sealed class Model(TaughtModel taught, ModelVersions versions) : ITrainedModel
    {
        public string Use()
        {
            var said = taught.Use(versions.Model);
            return char.ToUpperInvariant(said[0]) + said[1..];
        }

        public void Dispose() => taught.Dispose();
    }
}
