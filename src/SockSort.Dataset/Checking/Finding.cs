namespace SockSort.Dataset.Checking;

/// <summary>What can be wrong with photos.</summary>
public enum FindingKind
{
    /// <summary>It cannot be opened or decoded.</summary>
    Unreadable,

    /// <summary>The same picture is taught and tested with: the test says more than is true.</summary>
    InTrainAndValidation,

    /// <summary>The same picture stands in two classes.</summary>
    InTwoClasses,

    /// <summary>Files with equal bytes in one class.</summary>
    ExactDuplicate,

    /// <summary>Pictures that look the same.</summary>
    NearDuplicate,

    /// <summary>A side is too short.</summary>
    Tiny,

    /// <summary>Hardly any edges.</summary>
    Blurred,

    /// <summary>A class with far fewer photos than another.</summary>
    Unbalanced,
}

/// <summary>One thing to look at.</summary>
/// <param name="Kind">What.</param>
/// <param name="Facts">Of which photos; for <see cref="FindingKind.Unbalanced"/> none.</param>
/// <param name="Detail">The value that was measured, and what is expected.</param>
public sealed record Finding(FindingKind Kind, IReadOnlyList<PhotoFacts> Facts, string Detail)
{
    /// <summary>The photos' paths; two that a list or a record file names alike have one path.</summary>
    public IEnumerable<string> Photos => Facts.Select(facts => facts.Path);
}
