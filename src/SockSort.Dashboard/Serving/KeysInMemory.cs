using System.Collections.Immutable;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace SockSort.Dashboard.Serving;

/// <summary>
/// Keeps the keys that protect what a page sends back to this very process; after a restart each page starts anew, so nothing is written.
/// </summary>
internal sealed class KeysInMemory : IXmlRepository
{
    private ImmutableList<XElement> _keys = [];

    public IReadOnlyCollection<XElement> GetAllElements() => _keys;

    public void StoreElement(XElement element, string friendlyName) =>
        ImmutableInterlocked.Update(ref _keys, keys => keys.Add(new XElement(element)));
}
