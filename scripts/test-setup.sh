# Sourced by ./test: installs what the tests need beyond the program, only what is missing.

# mosquitto and its clients: another broker, other clients.  ffmpeg: video cameras.  chromium: the pages.
# libturbojpeg0: the fast JPEG codec.  curl: a client nobody here wrote.  s3cmd: another client of buckets.
# strace: shows which connections the program opens.  prometheus: scrapes the metrics.
# docker-compose: reads the compose file (no daemon is needed for that).
DEBIAN_PACKAGES=(mosquitto mosquitto-clients ffmpeg chromium libturbojpeg0 curl s3cmd strace prometheus docker-compose)

# From npm, into the build folder; where there is no npm the tests that need them are skipped by name.
# s3rver: a server that speaks S3.  ksqldb-client, ksqldb-js, ksql-driver (Cube): clients of ksqlDB's REST API.  onnxruntime-node: another program that runs our models.
# axe-core: finds what a page lacks for people who do not see it.  aedes: a broker of MQTT 3.1.1 only.
# mqtt: a client of MQTT over WebSockets, as browsers have it.
NPM_PACKAGES=(
  s3rver@3.7.1 ksqldb-client@1.0.5 ksqldb-js@1.1.2 @cubejs-backend/ksql-driver@1.7.43 onnxruntime-node@1.30.0 axe-core@4.14.1 aedes@0.51.3
  mqtt@5.16.0
)

install_npm_packages() {
  local missing=()
  for package in "${NPM_PACKAGES[@]}"; do
    [[ -d .build/npm/node_modules/${package%@*} ]] || missing+=("$package")
  done
  [[ ${#missing[@]} == 0 ]] && return
  command -v npm >/dev/null || { echo "test: no npm: the tests with ${missing[*]} are skipped" >&2; return; }
  echo "test: installing ${missing[*]} (npm, into .build/npm)"
  mkdir -p .build/npm
  # No scripts of the packages: nothing of theirs runs before a test starts it.
  npm install --prefix .build/npm --ignore-scripts --no-audit --no-fund --silent "${missing[@]}" >/dev/null
}

set_up() {
  install_npm_packages
  local missing=()
  for package in "${DEBIAN_PACKAGES[@]}"; do
    is_installed "$package" || missing+=("$package")
  done
  [[ ${#missing[@]} == 0 ]] && return
  if ! command -v apt-get >/dev/null; then
    echo "test: please install, by your system's own means: ${missing[*]}" >&2
    exit 1
  fi
  echo "test: installing ${missing[*]} (apt-get)"
  as_root apt-get update -qq
  DEBIAN_FRONTEND=noninteractive as_root apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

is_installed() { dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null | grep -q '^installed$'; }

as_root() {
  if [[ $(id -u) == 0 ]]; then "$@"; else sudo --preserve-env=DEBIAN_FRONTEND "$@"; fi
}
