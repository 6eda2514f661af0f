namespace SockSort.Training.Trainer;

/// <summary>What a training has to say of its own course, in plain words.</summary>
internal static class TrainingNotes
{
    /// <param name="rate">The learning rate that ruined the model.</param>
    /// <param name="ruined">What came out.</param>
    /// <param name="alone">The head on the backbone as it was.</param>
    /// <param name="next">The rate that is tried next; null = none, the head alone is kept.</param>
    public static string Ruined(double rate, Candidate ruined, Candidate alone, double? next)
    {
        var told = FormattableString.Invariant($"tuning with the learning rate {rate} made the model worse than its head alone: ")
            + $"{ruined.Describe()}; by the head alone {alone.Describe()}";
        return next is { } smaller
            ? told + FormattableString.Invariant($"; tuned again with {smaller}")
            : told + "; the head alone is kept, and the backbone as it was";
    }
}
