namespace SockSort.Edge.Cameras;

/// <param name="Frames">Frames handed out.</param>
/// <param name="Skipped">Pictures that could not be read, each counted once however often the source is repeated.</param>
/// <param name="Dropped">Frames of a live source that were overtaken by a newer one before anybody took them, and of a scene that goes on by itself.</param>
public readonly record struct CameraCounts(long Frames, long Skipped, long Dropped);
