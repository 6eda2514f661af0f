using Microsoft.ML.OnnxRuntime;

namespace SockSort.Models.Inference;

/// <summary>How much of the machine a model may use.</summary>
public sealed record InferenceOptions
{
    /// <summary>Threads that share the work of one run, 1 to 64; default: one a core, at most 4.</summary>
    public int Threads { get; init; } = Math.Clamp(Environment.ProcessorCount, 1, 4);

    internal SessionOptions ToSession()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Threads, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Threads, 64);
        var session = new SessionOptions
        {
            IntraOpNumThreads = Threads,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            // What goes wrong comes back as an exception; the library need not print it a second time.
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };
        // Threads that spin share the many small steps of a run faster, and the next frame's too where it comes at once. A camera gives a
        // few frames a second: threads that went on spinning between them would burn a core for nothing.
        session.AddSessionConfigEntry("session.intra_op.allow_spinning", "1");
        session.AddSessionConfigEntry("session.intra_op.spin_duration_us", "1000");
        return session;
    }
}
