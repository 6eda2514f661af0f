using SockSort.Log.Memory;
using SockSort.Testing;

namespace SockSort.Log.Tests.Memory;

public sealed class MemoryLogTests : LogSpecification
{
    protected override ILog Open() => new MemoryLog(Clock);
}
