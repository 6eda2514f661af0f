using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SockSort.Models.Inference;

/// <summary>
/// Keeps ONNX Runtime silent: its builds for Linux and macOS, from 1.29 on, write an id of the machine into the user's cache and send
/// events to their maker, unless a variable of the native environment says otherwise before the library loads.
/// </summary>
internal static partial class OnnxTelemetry
{
    // The first is read up to 1.31, later versions read the second.
    private static readonly string[] Switches = ["ORT_DISABLE_TELEMETRY", "ORT_TELEMETRY_DISABLED"];

    /// <summary>Runs before any code of this assembly, and so before a session can be opened, however the program was started.</summary>
#pragma warning disable CA2255 // A library's initializer runs unasked, which is the point: there is no start that could forget it.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void TurnOff()
    {
        foreach (var name in Switches)
        {
            // For the processes that this one starts, and on Windows for the library.
            Environment.SetEnvironmentVariable(name, "1");
            // The runtime keeps a copy of the environment of its own; the library reads the system's.
            if (!OperatingSystem.IsWindows() && SetVariable(name, "1", overwrite: 1) != 0)
                throw ModelErrors.TelemetryStaysOn(name);
        }
    }

    // 0 = done, -1 = error (no memory)
    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int SetVariable(string name, string value, int overwrite);
}
