using SockSort.Mqtt.Addresses;

namespace SockSort.Edge.Recognition;

/// <summary>All texts of why another model is refused. What an order says is in them only as far as it helps to find the mistake.</summary>
internal static class RecognitionErrors
{
    private const string Form =
        """expected {"path": "new.tar.gz", "sha256": "64 hexadecimal digits"}, or "url" with https:// in place of "path" """;

    public static ModelRefusedException NoThreshold(string file) =>
        new($"{file}: model.json holds no rejection threshold, and a camera here tells unknown socks; 'socksort train' makes a model with "
            + "one");

    public static ModelRefusedException OrderTooLong(int lengthBytes, int mostBytes) =>
        new($"an order of {lengthBytes} bytes is not read, at most {mostBytes} are; {Form.TrimEnd()}");

    public static ModelRefusedException OrderUnreadable(string problem) => new($"the order {problem}; {Form.TrimEnd()}");

    public static ModelRefusedException TooManyOrders(int most) =>
        new($"more than {most} orders wait; this one is left out, send it again");

    public static ModelRefusedException NoOrders() =>
        new("no orders are taken here: that is turned off, or the model is no file of this machine; put another one there by "
            + "'socksort model use'");

    public static ModelRefusedException PathOutside(string path, IEnumerable<string> folders) =>
        new($"'{path}' lies outside of where models may come from ({string.Join(", ", folders)}); put it there, or name its folder with "
            + "--model-from (model-from in socksort.yaml)");

    public static ModelRefusedException AddressNotAllowed(Uri address) =>
        new($"{Shown(address)} is none of the addresses that models may come from; name one that it begins with by --model-from "
            + "(model-from in socksort.yaml)");

    public static ModelRefusedException HashDiffers(string source, string sha256, string ordered) =>
        new($"{source}: has the SHA-256 {sha256}, ordered was {ordered}");

    public static ModelRefusedException NotFetched(Uri address, string problem, Exception? cause = null) =>
        new($"{Shown(address)}: {problem}", cause);

    public static ModelRefusedException TooLarge(Uri address, long mostBytes) =>
        new($"{Shown(address)}: has more than {mostBytes} bytes, which no package needs");

    /// <summary>Without user, password and query, which may be secrets.</summary>
    public static string Shown(Uri address) => Secretless.Text(address.GetLeftPart(UriPartial.Path));
}
