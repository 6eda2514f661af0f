namespace SockSort.Deploy;

/// <summary>What has become of a part of the file, or would become of it.</summary>
public enum DeployOutcome
{
    /// <summary>It was not there, and was made.</summary>
    Made,

    /// <summary>It was there in another form, and now is as the file has it.</summary>
    Changed,

    /// <summary>It was there as the file has it; nothing was sent.</summary>
    Unchanged,

    /// <summary>It is there in another form, and was left so.</summary>
    Differs,

    /// <summary>It makes nothing that stays, or nothing that could be recognised a second time; nothing was sent.</summary>
    PassedOver,

    /// <summary>It was there as the file has it, and was removed.</summary>
    Removed,

    /// <summary>It is not there.</summary>
    Absent,
}
