using SockSort.Cli.Output;
using SockSort.Models.Package;
using SockSort.Training.Evaluation;
using SockSort.Training.Photos;

namespace SockSort.Cli.Evaluation;

/// <summary>Puts pictures before models.</summary>
/// <param name="output">Receives the progress; <see cref="TextWriter.Null"/> for none.</param>
/// <param name="error">Receives what was skipped.</param>
/// <param name="threads">Cores to use.</param>
internal sealed class ModelJudging(TextWriter output, TextWriter error, int threads)
{
    /// <param name="pictures">As <c>evaluate</c> takes them.</param>
    /// <param name="labels">CSV of frames; null for none.</param>
    /// <param name="names">Names of classes that have numbers only; null for none.</param>
    public async Task<EvaluationResult> JudgeAsync(
        string pictures, ModelPackage package, CancellationToken cancel, string? labels = null, string? names = null)
    {
        // Anew for each: what numbers without names mean is what the model has learnt them as.
        using var set = await EvaluationSet.OpenAsync(
            pictures, root: null, labels, package.LabelsByNumber(), await ClassNamesOption.ReadAsync(names, cancel), cancel);
        return (await JudgeAsync(set, package, cancel)).Result;
    }

    /// <param name="set">Opened for this model.</param>
    public async Task<(EvaluationResult Result, IReadOnlyList<SkippedPhoto> Skipped)> JudgeAsync(
        EvaluationSet set, ModelPackage package, CancellationToken cancel)
    {
        var evaluator = new Evaluator(package, threads);
        var (result, skipped) = await WorkProgress.RunAsync("judging", "pictures", output,
            report => Task.Run(() => evaluator.Evaluate(set, done => report(done, set.Pictures.Count), cancel), cancel));
        foreach (var photo in skipped)
            await error.WriteLineAsync($"socksort: skipped {photo.Path}: {photo.Reason}");
        return (result, skipped);
    }
}
