using SockSort.Training.Trainer;
using Spectre.Console;

namespace SockSort.Cli.Training;

/// <summary>Shows the progress of a training: bars on a terminal, otherwise a line for each stage.</summary>
internal static class TrainingView
{
    public static async Task<TrainingResult> ShowAsync(IAnsiConsole console, Func<IProgress<TrainingProgress>, Task<TrainingResult>> train)
    {
        if (!console.Profile.Capabilities.Interactive || !console.Profile.Out.IsTerminal)
            return await train(new StageLines(console));
        return await console.Progress()
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(),
                new ElapsedTimeColumn())
            .StartAsync(context => train(new StageBars(context)));
    }

    private static string NameOf(TrainingStage stage) => stage switch
    {
        TrainingStage.Reading => "reading photos",
        TrainingStage.Embedding => "looking at changed copies",
        TrainingStage.Tuning => "tuning the backbone, in steps",
        TrainingStage.Checking => "checking on photos held out",
        _ => "learning",
    };

    private sealed class StageBars(ProgressContext context) : IProgress<TrainingProgress>
    {
        private readonly Lock _lock = new();
        private readonly Dictionary<TrainingStage, ProgressTask> _tasks = [];

        public void Report(TrainingProgress value)
        {
            lock (_lock)
            {
                if (!_tasks.TryGetValue(value.Stage, out var task))
                    _tasks[value.Stage] = task = context.AddTask(NameOf(value.Stage), maxValue: value.Total);
                // Several threads report, and a late report must not move the bar back.
                task.Value = Math.Max(task.Value, value.Done);
            }
        }
    }

    private sealed class StageLines(IAnsiConsole console) : IProgress<TrainingProgress>
    {
        private readonly Lock _lock = new();
        private readonly HashSet<TrainingStage> _begun = [];

        public void Report(TrainingProgress value)
        {
            lock (_lock)
            {
                if (_begun.Add(value.Stage))
                    console.WriteLine(value.Total > 1 ? $"{NameOf(value.Stage)} ({value.Total})" : NameOf(value.Stage));
            }
        }
    }
}
