using SockSort.Models.Inference;
using SockSort.Models.Tests;
using SockSort.Server.Endpoint;

namespace SockSort.Server.Tests.Endpoint;

public sealed class RequestBatcherTests : IDisposable
{
    private readonly ClassifierModel _model = new(SmallModels.Package("A", "B"));
    private readonly float[] _image = new float[3 * 224 * 224];

    public void Dispose() => _model.Dispose();

    [Fact]
    public async Task Every_picture_gets_an_answer_in_fewer_runs_than_pictures()
    {
        await using var batcher = new RequestBatcher(_model, new EndpointOptions { MostTogether = 8, MostWaiting = 500 });

        var answers = await Task.WhenAll(Enumerable.Range(0, 400).Select(_ => batcher.TryClassify(_image)!));

        Assert.All(answers, answer => Assert.Equal(2, answer.Probabilities.Length));
        Assert.InRange(batcher.Runs, 400 / 8, 399);
    }

    [Fact]
    public async Task One_more_than_may_wait_is_refused()
    {
        await using var batcher = new RequestBatcher(_model, new EndpointOptions { MostTogether = 1, MostWaiting = 1 });

        var tasks = Enumerable.Range(0, 200).Select(_ => batcher.TryClassify(_image)).ToArray();
        await Task.WhenAll(tasks.OfType<Task<ModelAnswer>>());

        Assert.Contains(null, tasks);
        Assert.NotEmpty(tasks.OfType<Task<ModelAnswer>>());
    }

    [Fact]
    public async Task What_waits_is_answered_when_it_ends()
    {
        var batcher = new RequestBatcher(_model, new EndpointOptions());
        var answers = Enumerable.Range(0, 20).Select(_ => batcher.TryClassify(_image)!).ToArray();

        await batcher.DisposeAsync();

        Assert.All(answers, answer => Assert.True(answer.IsCompletedSuccessfully));
    }
}
