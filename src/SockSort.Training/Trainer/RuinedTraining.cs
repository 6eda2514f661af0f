namespace SockSort.Training.Trainer;

/// <summary>Which learning rate comes after one that made the model worse than its head alone.</summary>
internal static class RuinedTraining
{
    private const double Smaller = 4;

    /// <param name="options">Of the training that went wrong.</param>
    /// <returns>
    /// The same with a smaller rate, at most the recipe's own; null where it was no higher than that: a still smaller one moves too little
    /// in as many steps to make up for it.
    /// </returns>
    public static TrainingOptions? Next(TrainingOptions options)
    {
        var recipe = new TrainingOptions();
        if (options.LearningRate <= recipe.LearningRate)
            return null;
        // A rate of another recipe goes to this one's at once, and no try is lost.
        return options with
        {
            LearningRate = Math.Min(options.LearningRate / Smaller, recipe.LearningRate),
            HeadLearningRate = Math.Min(options.HeadLearningRate, recipe.HeadLearningRate),
        };
    }
}
