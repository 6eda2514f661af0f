namespace SockSort.Dashboard.Watching;

/// <summary>What to do about a step that is in trouble, a sentence each.</summary>
internal static class HealthAdvice
{
    public const string Camera =
        "See that the camera has power, is plugged in or reachable, and is used by no other program; it is tried again by itself.";
    public const string NewCamera = "No frame has come yet; a camera may take some seconds to wake.";
    public const string Phone =
        "Open its page on the phone, press Start and leave the page open; the page Now shows a code that leads there.";
    public const string SlowModel =
        "The camera is faster than the model: ask it for fewer frames (fps), the newest ones are taken anyway.";
    public const string Broker =
        "See that the broker runs and that address, user and password are right; messages wait and are sent when it answers.";
    public const string OwnBroker = "See the log of the program: a port may be taken, or the disk be full.";
    public const string Connector = "Mend what the error names, then press Restart on the page Connectors.";
    public const string Paused = "Press Resume on the page Connectors; messages wait at the broker until then.";
    public const string Log =
        "Make room on the disk of the data folder, and see that it can be written; nothing that was acknowledged is lost.";
    public const string PausedQuery = "RESUME it on the page SQL; it goes on where it stopped.";
    public const string Query = "Mend what the error names, then TERMINATE the query on the page SQL and create it again.";
    public const string RetriedQuery = "Mend what the error names; the query is tried again by itself.";
    public const string Part = "See what the program has logged of it.";
}
