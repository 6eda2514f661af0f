namespace SockSort.Dataset.Photos;

internal static class PhotoFolderErrors
{
    public static PhotoFolderException Missing(string root) => new(root, "no such folder, expected one folder of photos per sock in it");

    public static PhotoFolderException NotReadable(string root, Exception cause) => new(root, $"cannot be read ({cause.Message})");

    public static PhotoFolderException TooFewClasses(string root, int classes) =>
        new(root, $"has {classes} class {(classes == 1 ? "folder" : "folders")}, at least 2 are needed: make one folder of photos per sock (class-google, class-mongo)");

    public static PhotoFolderException EmptyClass(string folder) =>
        new(folder, $"holds no photo ({string.Join(", ", PhotoFolder.Suffixes)}); add some or remove the folder");

    public static PhotoFolderException SameLabel(string root, string label, string first, string second) =>
        new(root, $"the folders '{first}' and '{second}' both mean the label '{label}'; rename one");

    public static PhotoFolderException NoLabel(string folder) => new(folder, "the name leaves no label; rename the folder, as in class-google");
}
