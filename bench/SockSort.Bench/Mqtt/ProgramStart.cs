using System.Diagnostics;

namespace SockSort.Bench.Mqtt;

/// <summary>Describes how to start this program once more.</summary>
public delegate ProcessStartInfo ProgramStart(IEnumerable<string> arguments);
