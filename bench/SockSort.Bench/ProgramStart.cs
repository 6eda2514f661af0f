using System.Diagnostics;

namespace SockSort.Bench;

/// <summary>Describes how to start this program once more.</summary>
public delegate ProcessStartInfo ProgramStart(IEnumerable<string> arguments);
