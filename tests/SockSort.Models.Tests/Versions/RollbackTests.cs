using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using SockSort.Models.Versions;
using SockSort.Testing;

namespace SockSort.Models.Tests.Versions;

/// <summary>Whatever was put in use in whatever order: rolling back gives the very bytes again.</summary>
public sealed class RollbackTests
{
    private static readonly PackageFile[] Packages =
    [
        .. ((string[])["Google", "Mongo", "Confluent"]).Select(label => PackageFile.Of(SmallModels.Package(label, "Blank"))),
    ];

    [Property(MaxTest = 25)]
    public Property The_file_holds_what_was_in_use_before_byte_by_byte() => Prop.ForAll(Steps(), steps =>
    {
        using var temp = new TempFolder();
        var versions = new ModelVersions(temp.File("model.tar.gz"));
        Packages[0].Package.Write(versions.Model);
        var used = new Stack<PackageFile>([Packages[0]]);

        foreach (var step in steps)
        {
            Take(step, versions, used);

            Assert.Equal(used.Peek().Bytes, File.ReadAllBytes(versions.Model));
        }
    });

    /// <summary>A package's number is put in use; -1 is a rollback.</summary>
    private static Arbitrary<int[]> Steps() => Gen.Choose(-1, Packages.Length - 1).ArrayOf().Resize(8).ToArbitrary();

    private static void Take(int step, ModelVersions versions, Stack<PackageFile> used)
    {
        if (step >= 0)
        {
            _ = versions.Use(Packages[step]);
            if (used.Peek() != Packages[step])
                used.Push(Packages[step]);
        }
        else if (used.Count == 1)
            Assert.Throws<ModelException>(() => versions.Rollback());
        else
        {
            _ = used.Pop();
            _ = versions.Rollback();
        }
    }
}
