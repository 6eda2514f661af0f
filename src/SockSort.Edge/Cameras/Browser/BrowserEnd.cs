namespace SockSort.Edge.Cameras.Browser;

/// <summary>Why a phone's connection ends.</summary>
internal enum BrowserEnd
{
    /// <summary>The page has closed it, or the line broke.</summary>
    Left,

    /// <summary>Another phone feeds the camera now.</summary>
    TakenOver,

    /// <summary>A message was longer than the limit.</summary>
    TooLong,

    /// <summary>The program ends.</summary>
    Ending,
}
