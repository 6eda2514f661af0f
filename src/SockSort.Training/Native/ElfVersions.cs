using System.Buffers.Binary;
using System.Text;

namespace SockSort.Training.Native;

/// <summary>The symbol versions that a shared library of 64-bit Linux asks of others and offers itself, by its dynamic section.</summary>
/// <remarks>Source: Linux Standard Base Core 5.0, "Symbol Versioning"; System V ABI, "Dynamic Section".</remarks>
internal sealed class ElfVersions
{
    private const int LoadSegment = 1;
    private const int DynamicSegment = 2;
    private const long StringTable = 5;
    private const long VersionsOffered = 0x6ffffffc;
    private const long VersionsNeeded = 0x6ffffffe;
    private const ushort WeakFlag = 2;

    private readonly byte[] _file;
    private readonly List<(ulong Address, ulong Offset, ulong Size)> _segments = [];
    private readonly Dictionary<long, ulong> _dynamic = [];

    /// <param name="file">The whole library; <see cref="MakeWeak"/> changes it in place.</param>
    /// <exception cref="InvalidDataException">It is no 64-bit little-endian ELF file, or an address in it leads nowhere.</exception>
    public ElfVersions(byte[] file)
    {
        _file = file;
        if (file.Length < 64 || !file.AsSpan().StartsWith("\u007fELF\u0002\u0001"u8))
            throw new InvalidDataException("no 64-bit little-endian ELF file");
        ReadSegments();
    }

    /// <summary>Names of the versions that the library defines, as <c>GLIBCXX_3.4.30</c>.</summary>
    public IReadOnlySet<string> Offered()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var definition in Chain(VersionsOffered, nextAt: 16))
            // Elf64_Verdef: vd_aux at 12; Elf64_Verdaux: vda_name at 0.
            _ = names.Add(Name(Word(definition + Word(definition + 12))));
        return names;
    }

    /// <summary>Makes the loader warn where it would refuse: the version may be missing in the library that should offer it.</summary>
    /// <returns>Whether the version is asked for at all.</returns>
    public bool MakeWeak(string version)
    {
        var found = false;
        foreach (var needed in Chain(VersionsNeeded, nextAt: 12))
        {
            // Elf64_Verneed: vn_aux at 8; Elf64_Vernaux: vna_flags at 4, vna_name at 8, vna_next at 12.
            foreach (var entry in Links(needed + Word(needed + 8), nextAt: 12))
            {
                if (Name(Word(entry + 8)) != version)
                    continue;
                var flags = At(entry + 4, 2);
                BinaryPrimitives.WriteUInt16LittleEndian(flags, (ushort)(BinaryPrimitives.ReadUInt16LittleEndian(flags) | WeakFlag));
                found = true;
            }
        }
        return found;
    }

    private void ReadSegments()
    {
        // Elf64_Ehdr: e_phoff at 32, e_phentsize at 54, e_phnum at 56. Elf64_Phdr: p_type, p_offset at 8, p_vaddr at 16, p_filesz at 32.
        var (size, count) = (Half(54), Half(56));
        (ulong Offset, ulong Size)? dynamic = null;
        for (var i = 0; i < count; i++)
        {
            var header = Long(32) + (ulong)(i * size);
            if (Word(header) == LoadSegment)
                _segments.Add((Long(header + 16), Long(header + 8), Long(header + 32)));
            else if (Word(header) == DynamicSegment)
                dynamic = (Long(header + 8), Long(header + 32));
        }
        if (dynamic is not { } table)
            return;
        for (var entry = table.Offset; entry < table.Offset + table.Size; entry += 16)
            _ = _dynamic.TryAdd((long)Long(entry), Long(entry + 8));
    }

    private IEnumerable<ulong> Chain(long tag, ulong nextAt) =>
        _dynamic.TryGetValue(tag, out var address) ? Links(OffsetOf(address), nextAt) : [];

    /// <summary>Entries of which each says how far the next is; 0 = none.</summary>
    private IEnumerable<ulong> Links(ulong first, ulong nextAt)
    {
        for (var entry = first; ; entry += Word(entry + nextAt))
        {
            yield return entry;
            if (Word(entry + nextAt) == 0)
                yield break;
        }
    }

    private string Name(uint index)
    {
        var text = _file.AsSpan((int)(OffsetOf(_dynamic[StringTable]) + index));
        return Encoding.ASCII.GetString(text[..text.IndexOf((byte)0)]);
    }

    private ulong OffsetOf(ulong address)
    {
        foreach (var (start, offset, size) in _segments)
        {
            if (address >= start && address - start < size)
                return address - start + offset;
        }
        throw new InvalidDataException($"address {address:x} is in no segment");
    }

    private Span<byte> At(ulong offset, int length) =>
        offset <= (ulong)(_file.Length - length)
            ? _file.AsSpan((int)offset, length)
            : throw new InvalidDataException($"the file ends before {offset:x}");

    private ushort Half(ulong offset) => BinaryPrimitives.ReadUInt16LittleEndian(At(offset, 2));

    private uint Word(ulong offset) => BinaryPrimitives.ReadUInt32LittleEndian(At(offset, 4));

    private ulong Long(ulong offset) => BinaryPrimitives.ReadUInt64LittleEndian(At(offset, 8));
}
