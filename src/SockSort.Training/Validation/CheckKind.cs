namespace SockSort.Training.Validation;

/// <summary>Which photos a training is judged by.</summary>
public enum CheckKind
{
    /// <summary>None: no class has two photos, so that none could be held out.</summary>
    None,

    /// <summary>
    /// Each photo in turn, by heads that were learnt without it and its copies. Says how well the photos can be told apart; the backbone is
    /// not tuned anew for each.
    /// </summary>
    Folds,

    /// <summary>
    /// The photos that were learnt from, and changed copies of them that were not: judges the model that comes out, but kindly, for it has
    /// seen the photos.
    /// </summary>
    Learnt,

    /// <summary>A share of each class's photos, which nothing was learnt from: judges the model that comes out.</summary>
    Split,

    /// <summary>Photos of another place, which nothing was learnt from: judges the model that comes out.</summary>
    Validation,
}
