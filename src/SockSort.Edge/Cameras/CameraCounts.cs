namespace SockSort.Edge.Cameras;

/// <param name="Frames">Frames handed out.</param>
/// <param name="Skipped">Pictures that could not be read, each counted once however often the source is repeated.</param>
/// <param name="Dropped">
/// Frames of a live source that were due and overtaken by a newer one before anybody took them, and those of a scene that goes on by
/// itself.
/// What a camera gives beyond the rate that is asked for is not counted.
/// </param>
/// <param name="Damaged">Frames of a video or stream that were damaged: left out, or shown as far as they could be decoded.</param>
/// <param name="Reopened">How often a camera that had broken off gave frames again.</param>
public readonly record struct CameraCounts(long Frames, long Skipped, long Dropped, long Damaged = 0, long Reopened = 0);
