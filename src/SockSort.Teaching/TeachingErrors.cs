namespace SockSort.Teaching;

/// <summary>The wording of this room's errors.</summary>
internal static class TeachingErrors
{
    public static TeachingException NoName() => new("name", "it is empty; a sock needs a name, as in 'Blue Stripes'");

    public static TeachingException NameTooLong(int letters, int most) =>
        new("name", $"it has {letters} letters, and {most} is the most; a short one fits a label");

    public static TeachingException NameLetter(string name, char letter) =>
        new(name, $"'{letter}' is no letter of a sock's name: letters, digits, blanks, - and _ are");

    public static TeachingException NameTaken(string name, string folder) =>
        new(name, $"{folder} holds photos of it already; --more adds to them, another name teaches another sock");

    public static TeachingException NameUnknown(string name, string photos) =>
        new(name, $"--more adds to photos that are there, and {photos} holds none of this name; leave --more out");

    public static TeachingException Busy(string photos) =>
        new(photos, "somebody else teaches a sock there at the moment; wait until they have finished");

    public static TeachingException TooFew(string name, int taken, int fewest) =>
        new(name, $"only {taken} of the frames could be used, and {fewest} is the least: show it longer, turn it, mind the light. "
            + "Nothing was changed");

    public static TeachingException NotNow(string name, string problem) => new(name, problem);

    public static TeachingException NotShownYet(string name) =>
        new(name, "no photos of it are there yet; show it to the camera first, then such frames can be added to it");

    public static TeachingException NotRemoved(string path, Exception cause) =>
        new(path, $"it cannot be removed: {cause.Message}; allow this program to write there, then throw it away again", cause);

    public static TeachingException NotAddedYet(string path, string kept, Exception cause) =>
        new(path, $"the photos lie in {kept} and cannot be moved from there: {cause.Message}. Make room or allow this program to write "
            + "there; they are added when somebody teaches next", cause);

    public static TeachingException NotKept(string path, Exception cause) =>
        new(path, $"the photos cannot be kept: {cause.Message}. Nothing was changed", cause);
}
