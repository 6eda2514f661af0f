using System.Reflection;
using SockSort.Shared;

namespace SockSort.EndToEnd.Tests;

public class ExpectedErrorsTests
{
    public static TheoryData<string> Projects => [.. SourceProjects.Names];

    /// <summary>One that is private to a type never leaves it: how it stops by itself is its own matter.</summary>
    [Theory, MemberData(nameof(Projects))]
    public void Each_exception_of_a_project_is_one_that_a_user_is_told_of(string project)
    {
        var others = Assembly.Load(SourceProjects.AssemblyOf(project)).GetTypes()
            .Where(type => type.IsSubclassOf(typeof(Exception)) && !type.IsNestedPrivate)
            .Where(type => !type.IsAssignableTo(typeof(ExpectedException)));

        Assert.Empty(others);
    }
}
