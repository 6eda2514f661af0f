namespace SockSort.Teaching.Choosing;

/// <summary>What the person who shows a sock should do next.</summary>
public enum Advice
{
    /// <summary>This frame was taken: go on turning.</summary>
    Taken,

    /// <summary>The scene is empty: hold the sock before the camera.</summary>
    ShowIt,

    /// <summary>Little of the sock is seen: nearer.</summary>
    Closer,

    /// <summary>The picture is blurred: keep it still for a moment.</summary>
    HoldStill,

    /// <summary>It looks as it did before: turn it.</summary>
    TurnIt,

    /// <summary>There are as many frames as were asked for.</summary>
    Enough,
}
