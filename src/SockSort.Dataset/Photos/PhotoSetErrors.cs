using SockSort.Imaging.Decoding;

namespace SockSort.Dataset.Photos;

internal static class PhotoSetErrors
{
    public static PhotoSetException Missing(string root) => new(root, "no such folder, expected one folder of photos per sock in it");

    public static PhotoSetException NoFile(string path) => new(path, "no such file, expected a folder of photos, a .lst or a .rec");

    public static PhotoSetException NotReadable(string root, Exception cause) => new(root, $"cannot be read ({cause.Message})");

    public static PhotoSetException NoClass(string source) =>
        new(source, "holds no class of photos: make one folder of photos per sock (class-google, class-mongo)");

    public static PhotoSetException EmptyClass(string folder) =>
        new(folder, $"holds no photo ({string.Join(", ", PictureReader.Suffixes)}); add some or remove the folder");

    public static PhotoSetException SameLabel(string source, string label, string first, string second) =>
        new(source, $"the folders '{first}' and '{second}' both mean the label '{label}'; rename one");

    public static PhotoSetException PathLabel(string folder, string label) =>
        new(folder, $"its label would be '{label}', which reads as a path; rename the folder, as in class-google");

    public static PhotoSetException NoLabel(string folder) =>
        new(folder, "the name leaves no label; rename the folder, as in class-google");
}
