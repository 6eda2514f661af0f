using SockSort.Sql.Testing.Conformance;
using SockSort.Testing;

namespace SockSort.Sql.Testing.Tests.Conformance;

public sealed class ConformanceFileTests
{
    [Fact]
    public void A_test_that_is_switched_off_is_passed_over_and_one_of_two_formats_stands_for_two()
    {
        using var folder = new TempFolder();
        var file = folder.File("some.json");
        File.WriteAllText(
            file,
            """
            {"tests": [
              {"name": "off", "enabled": false, "statements": ["SHOW STREAMS;"]},
              {"name": "on", "format": ["JSON", "DELIMITED"], "statements": ["CREATE STREAM s WITH (format='{FORMAT}');"]}
            ]}
            """);

        var tests = ConformanceFile.Read(file);

        Assert.Equal(["on - JSON", "on - DELIMITED"], tests.Select(test => test.Name));
    }
}
