namespace SockSort.Teaching.Sessions;

/// <summary>How far somebody is who teaches a sock.</summary>
public enum TeachingState
{
    /// <summary>Nobody teaches.</summary>
    Idle,

    /// <summary>The sock is shown, and frames are chosen.</summary>
    Showing,

    /// <summary>Photos are kept that no model has learnt yet.</summary>
    Kept,

    /// <summary>A model is trained.</summary>
    Training,

    /// <summary>A trained model waits to be used or thrown away.</summary>
    Trained,
}
