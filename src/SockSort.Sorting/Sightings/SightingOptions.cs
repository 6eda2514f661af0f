namespace SockSort.Sorting.Sightings;

/// <summary>The parameters of the detector. Each trades something; the defaults are those that the evaluation was tuned by.</summary>
public sealed record SightingOptions
{
    /// <summary>The label of a frame that shows nothing.</summary>
    public string Blank { get; init; } = "Blank";

    /// <summary>The label of a frame that shows no sock that was taught. It ends sightings and makes none.</summary>
    public string Unknown { get; init; } = "Unknown";

    /// <summary>
    /// How sure it must be that a sock is there before it counts, 0 to 1. Higher: fewer false sightings, each told later, and short ones
    /// missed. Default: 0.96.
    /// </summary>
    public double OpenBound { get; init; } = 0.96;

    /// <summary>
    /// How sure it must be that nothing is there before a sighting is over, 0 to 1. Higher: blank frames in between split fewer sightings,
    /// and two of the same sock need a longer gap. Default: 0.93.
    /// </summary>
    public double CloseBound { get; init; } = 0.93;

    /// <summary>
    /// Fewest frames of a sock that count, and fewest blank ones that end it. Higher: a wrong frame does less harm at low frame rates;
    /// socks that are shown, and gaps that last, for fewer frames are missed. Default: 2.
    /// </summary>
    public int FewestFrames { get; init; } = 2;

    /// <summary>
    /// For how long another sock must have been there to follow a sock without a blank frame in between. Longer: flicker between alike
    /// socks makes fewer sightings, and a sock that follows at once is told later. Default: 0.42 s.
    /// </summary>
    public TimeSpan Swap { get; init; } = TimeSpan.FromSeconds(0.42);

    /// <summary>
    /// How far apart frames are that err independently of each other; nearer ones count for less. Longer: bursts of wrong frames at high
    /// frame rates do less harm, and everything is told later. Default: 0.11 s.
    /// </summary>
    public TimeSpan Independence { get; init; } = TimeSpan.FromSeconds(0.11);

    /// <summary>
    /// How long a sock is held as a rule. Longer: more evidence is needed that it has gone. Default: 6.5 s.
    /// </summary>
    public TimeSpan Hold { get; init; } = TimeSpan.FromSeconds(6.5);

    /// <summary>
    /// How long nothing is before the camera as a rule. Longer: more evidence is needed that a sock is there. Default: 6.5 s.
    /// </summary>
    public TimeSpan Gap { get; init; } = TimeSpan.FromSeconds(6.5);

    /// <summary>
    /// The share of frames that may say anything whatever their probability, 0 to 1. Higher: a single frame proves less, however sure the
    /// model was. Default: 0.02.
    /// </summary>
    public double WrongFrames { get; init; } = 0.02;

    /// <summary>
    /// After so long without a frame a sighting is over, and the same sock is another one. Longer: a camera that stalls splits fewer
    /// sightings; two of the same sock that are changed in the meantime are one. Default: 10 s.
    /// </summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(10);
}
