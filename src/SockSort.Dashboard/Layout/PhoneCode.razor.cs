using Microsoft.AspNetCore.Components;
using SockSort.Dashboard.Watching;

namespace SockSort.Dashboard.Layout;

/// <summary>Leads a phone to the page that makes it the camera: a QR code, or what to do where no phone can come.</summary>
public sealed partial class PhoneCode
{
    private string? _chosen;
    private (Uri Address, QrCode Code)? _drawn;

    /// <summary>How a phone becomes the camera.</summary>
    [Parameter, EditorRequired]
    public PhoneDoor Door { get; set; } = null!;

    /// <summary>The camera's name.</summary>
    [Parameter, EditorRequired]
    public string Camera { get; set; } = "";

    private Uri? Address =>
        Door.Elsewhere.FirstOrDefault(address => address.ToString() == _chosen) ?? Door.Elsewhere.FirstOrDefault();

    private QrCode Code
    {
        get
        {
            var address = Address!;
            if (_drawn is not { } drawn || drawn.Address != address)
                _drawn = drawn = (address, QrCode.Of(address.ToString()));
            return drawn.Code;
        }
    }

    private void Choose(ChangeEventArgs choice) => _chosen = choice.Value as string;
}
