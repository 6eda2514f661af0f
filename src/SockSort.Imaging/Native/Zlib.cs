using System.Runtime.InteropServices;

namespace SockSort.Imaging.Native;

/// <summary>All that SockSort knows of zlib: deflate with the settings that libpng uses. Call only where <see cref="IsPresent"/>.</summary>
internal static partial class Zlib
{
    // The system's own zlib. That of .NET is another implementation and gives other bytes.
    private const string Library = "libz.so.1";

    private const int MethodDeflated = 8;
    private const int MemoryLevel = 8;
    private const int StrategyDefault = 0;
    private const int Ok = 0;
    private const int StreamEnd = 1;

    public const int NoFlush = 0;
    public const int Finish = 4;

    /// <summary>Whether the machine has the library.</summary>
    public static bool IsPresent { get; } = NativeLibrary.TryLoad(Library, out _);

    /// <summary>One run of deflate over a picture.</summary>
    internal sealed unsafe class Deflater : IDisposable
    {
        private readonly State* _state;

        /// <param name="level">0 .. 9.</param>
        /// <param name="windowBits">8 .. 15.</param>
        public Deflater(int level, int windowBits)
        {
            _state = (State*)NativeMemory.AllocZeroed((nuint)sizeof(State));
            var result = DeflateInit(_state, level, MethodDeflated, windowBits, MemoryLevel, StrategyDefault, "1.2.13", sizeof(State));
            if (result != Ok)
                throw new InvalidOperationException($"zlib: deflateInit2 returned {result}");
        }

        /// <summary>
        /// Takes in <paramref name="input"/>, hands full buffers (and the last, with <see cref="Finish"/>) to <paramref name="emit"/>.
        /// </summary>
        /// <remarks>
        /// <paramref name="buffer"/> collects output over several calls; <paramref name="used"/> is how much of it is filled.
        /// </remarks>
        public void Run(ReadOnlySpan<byte> input, int flush, Span<byte> buffer, ref int used, Action<int> emit)
        {
            // avail_in and avail_out are the spans' own lengths, so zlib stays inside both.
            fixed (byte* from = input)
            fixed (byte* to = buffer)
            {
                _state->NextIn = from;
                _state->AvailableIn = (uint)input.Length;
                int result;
                do
                {
                    _state->NextOut = to + used;
                    _state->AvailableOut = (uint)(buffer.Length - used);
                    result = DeflateStep(_state, flush);
                    if (result is not (Ok or StreamEnd))
                        throw new InvalidOperationException($"zlib: deflate returned {result}");
                    used = buffer.Length - (int)_state->AvailableOut;
                    if (used == buffer.Length)
                    {
                        emit(used);
                        used = 0;
                    }
                }
                while (flush == Finish ? result != StreamEnd : _state->AvailableIn > 0);
            }
        }

        public void Dispose()
        {
            _ = DeflateEnd(_state);
            NativeMemory.Free(_state);
            GC.SuppressFinalize(this);
        }
    }

    [LibraryImport(Library, EntryPoint = "deflateInit2_", StringMarshalling = StringMarshalling.Utf8)] // 0 = done, negative = error
    private static unsafe partial int DeflateInit(
        State* state, int level, int method, int windowBits, int memoryLevel, int strategy, string version, int stateBytes);

    [LibraryImport(Library, EntryPoint = "deflate")] // 0 = go on, 1 = end of stream, negative = error
    private static unsafe partial int DeflateStep(State* state, int flush);

    [LibraryImport(Library, EntryPoint = "deflateEnd")] // 0 = done
    private static unsafe partial int DeflateEnd(State* state);

    /// <summary><c>z_stream</c> of zlib.h; <c>unsigned long</c> has 64 bits wherever the library's name ends in <c>.so.1</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private unsafe struct State
    {
        public byte* NextIn;
        public uint AvailableIn;
        public nuint TotalIn;
        public byte* NextOut;
        public uint AvailableOut;
        public nuint TotalOut;
        public nint Message;
        public nint InternalState;
        public nint Allocate;
        public nint Free;
        public nint Opaque;
        public int DataType;
        public nuint Adler;
        public nuint Reserved;
    }
}
