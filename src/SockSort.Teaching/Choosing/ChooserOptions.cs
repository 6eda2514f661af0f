namespace SockSort.Teaching.Choosing;

/// <summary>How frames are chosen.</summary>
public sealed record ChooserOptions
{
    /// <summary>Frames to take, at least 1. More teach better and take longer to show.</summary>
    public int Wanted { get; init; } = 12;

    /// <summary>Whether the empty scene is taught, which looks empty.</summary>
    public bool IsBackground { get; init; }

    /// <summary>
    /// Cosine of two embeddings, -1..1, above which a frame is too much like one that is taken; lower asks for more turning.
    /// </summary>
    public double TooAlike { get; init; } = 0.90;

    /// <summary>Frames without a new one after which <see cref="TooAlike"/> gives way.</summary>
    public int Patience { get; init; } = 12;

    /// <summary>Share, 0..1, that is left then of the difference that is asked for.</summary>
    public double GivesWay { get; init; } = 0.6;

    /// <summary>Probability of the empty scene, 0..1, above which no sock is shown.</summary>
    public double Empty { get; init; } = 0.5;

    /// <summary>Probability of the empty scene above which the sock is too far away.</summary>
    public double Far { get; init; } = 0.2;

    /// <summary>Share of the sharpest frame's sharpness below which a frame is blurred; higher asks for a stiller hand.</summary>
    public double Blurred { get; init; } = 0.3;

    /// <summary>Share of the sharpest frame's sharpness that is left with each frame, so that another light may come.</summary>
    public double SharpestFades { get; init; } = 0.99;

    /// <summary>How many times as sharp a frame must be to take the place of one that is much like it.</summary>
    public double Sharper { get; init; } = 1.2;
}
