namespace SockSort.Edge.Cameras;

/// <param name="Frames">Frames handed out so far.</param>
/// <param name="Skipped">Pictures that could not be read, each counted once however often the source is repeated.</param>
/// <param name="Dropped">
/// Frames of a live source that were due and were overtaken by a newer one before anybody took them, and frames of a running scene that its
/// reader missed. Frames beyond the requested rate are not counted.
/// </param>
/// <param name="Damaged">Damaged frames of a video or stream: left out, or shown as far as they could be decoded.</param>
/// <param name="Reopened">How often a camera that had broken off gave frames again.</param>
public readonly record struct CameraCounts(long Frames, long Skipped, long Dropped, long Damaged = 0, long Reopened = 0);
