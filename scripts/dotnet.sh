# Sourced by ./socksort and ./test: what both need of the .NET SDK.

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_GENERATE_ASPNET_CERTIFICATE=false
# The program sees to this itself; what tests run beside it (another ONNX Runtime) does not.
export ORT_DISABLE_TELEMETRY=1 ORT_TELEMETRY_DISABLED=1
# A bare Debian has no ICU; nothing here depends on a culture.
export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
# A daemon or a container may have no home; NuGet and the SDK keep their caches there.
export HOME=${HOME:-$root/.build/home}

# No build process is left behind.
BUILD_OPTIONS=(-nodeReuse:false -p:UseSharedCompilation=false)

need_sdk() {
  if ! command -v dotnet >/dev/null; then
    echo "$(basename "$0"): the .NET 10 SDK is missing: https://learn.microsoft.com/dotnet/core/install/linux-debian" >&2
    exit 1
  fi
  if ! dotnet --list-sdks | grep -q '^10\.'; then
    echo "$(basename "$0"): needs a .NET 10 SDK; here are: $(dotnet --list-sdks | cut -d' ' -f1 | paste -sd' ')" >&2
    exit 1
  fi
}
