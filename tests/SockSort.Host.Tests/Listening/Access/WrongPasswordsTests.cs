using System.Net;
using Microsoft.Extensions.Time.Testing;
using SockSort.Host.Listening.Access;

namespace SockSort.Host.Tests.Listening.Access;

public sealed class WrongPasswordsTests
{
    [Fact]
    public void Who_is_barred_bars_his_household_and_no_other_address()
    {
        var wrong = new WrongPasswords(new FakeTimeProvider());
        for (long guess = 0; guess < WrongPasswords.Most; guess++)
        {
            wrong.Add(IPAddress.Parse("192.0.2.1"), BitConverter.GetBytes(guess));
            wrong.Add(IPAddress.Parse("2001:db8:0:1::7"), BitConverter.GetBytes(guess));
        }

        var barred = new[] { "192.0.2.1", "::ffff:192.0.2.1", "192.0.2.2", "2001:db8:0:1::8", "2001:db8:0:2::7" }
            .Select(address => wrong.BlockedFor(IPAddress.Parse(address)) is not null);

        Assert.Equal([true, true, false, true, false], barred);
    }
}
