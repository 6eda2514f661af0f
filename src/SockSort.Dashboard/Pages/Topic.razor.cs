using Microsoft.AspNetCore.Components;
using SockSort.Dashboard.Layout;
using SockSort.Dashboard.Watching;

namespace SockSort.Dashboard.Pages;

/// <summary>The records of one topic.</summary>
public sealed partial class Topic : RefreshingPage
{
    private const int AtOnce = 50;

    // What a page holds is bounded, however long it follows.
    private const int Most = 500;

    private TopicBrowser? _browser;
    private List<RecordRow> _records = [];
    private long _next;
    private long? _before;
    private int _partition;
    private int _partitions;
    private bool _isThere;
    private bool _follows = true;
    private string _text = "";

    /// <summary>The topic's name.</summary>
    [SupplyParameterFromQuery]
    public string? Name { get; set; }

    /// <inheritdoc/>
    protected override TimeSpan Every => TimeSpan.FromMilliseconds(500);

    /// <inheritdoc/>
    protected override void Look()
    {
        _browser ??= new TopicBrowser(Parts.Log);
        var found = Name is null ? null : Parts.Log.FindTopic(Name);
        if (found is null)
        {
            _isThere = false;
            return;
        }
        _partitions = found.Partitions;
        if (!_isThere)
            Begin();
        else if (_follows)
            Follow();
    }

    private void Begin()
    {
        _isThere = true;
        _next = Parts.Log.EndOffset(Name!, _partition);
        (var newest, _before) = _browser!.Back(Name!, _partition, _next, _text, AtOnce);
        _records = [.. newest];
    }

    private void Follow()
    {
        foreach (var record in _browser!.Since(Name!, _partition, _next))
        {
            _next = record.Offset + 1;
            if (record.Holds(_text))
                _records.Insert(0, record);
        }
        if (_records.Count <= Most)
            return;
        _records.RemoveRange(Most, _records.Count - Most);
        _before = _records[^1].Offset;
    }

    private void Filter(string? text)
    {
        _text = text ?? "";
        Begin();
    }

    private void Choose(int partition)
    {
        _partition = partition;
        Begin();
    }

    private void Older()
    {
        (var older, _before) = _browser!.Back(Name!, _partition, _before, _text, AtOnce);
        _records.AddRange(older);
        // Who looks back must not lose what he reads to newer records.
        _follows = false;
    }
}
