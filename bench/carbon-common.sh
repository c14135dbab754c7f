# Sourced by carbon.sh and carbon-relay.sh: a folder to work in, a server's start and end, its CPU and memory.
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
bench=${BENCH:-$here/artifacts/bin/Kalmar.Benchmarks/release/Kalmar.Benchmarks}
kalmar=${KALMAR:-$here/kalmar}
hz=$(getconf CLK_TCK)
work=$(mktemp -d); port=$((20000 + RANDOM % 10000)); server=; others=; mounted=
finish() {
  for process in $server $others; do kill "$process" 2>/dev/null || true; wait "$process" 2>/dev/null || true; done
  [ -z "$mounted" ] || umount "$work/storage"
  rm -rf "$work"
}
trap finish EXIT
mkdir -p "$work/storage" "$work/log" "$work/run"
printf '[all]\npattern = .*\nretentions = 60s:1d\n' > "$work/storage-schemas.conf"

# What cache and relay have in common in carbon.conf.
common_settings() {
  cat <<C
STORAGE_DIR = $work/storage/
CONF_DIR = $work/
LOG_DIR = $work/log/
PID_DIR = $work/run/
USER =
LINE_RECEIVER_INTERFACE = 127.0.0.1
LINE_RECEIVER_PORT = $port
PICKLE_RECEIVER_INTERFACE = 127.0.0.1
PICKLE_RECEIVER_PORT = $((port + 1))
LOG_UPDATES = False
CARBON_METRIC_INTERVAL = 0
C
}

# start COMMAND...: starts the server and waits until it listens.
start() {
  local up=
  GRAPHITE_ROOT=$work GRAPHITE_CONF_DIR=$work GRAPHITE_STORAGE_DIR=$work/storage "$@" > "$work/log/out" 2>&1 &
  server=$!
  for _ in $(seq 3000); do (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && { up=1; break; }; kill -0 "$server" 2>/dev/null || break; sleep 0.1; done
  [ -n "$up" ] || { cat "$work/log/out" >&2; echo "$0: $1 did not start" >&2; exit 1; }
  sleep 1
}

# The server's CPU so far in ticks: user and system.
ticks() { awk '{print $14, $15}' "/proc/$server/stat"; }

# The most memory that the server had so far, in megabytes.
peak() { awk '/VmHWM/ {print $2 / 1024}' "/proc/$server/status"; }

# rest [writes]: waits until the server hardly used the CPU for three seconds, or was in no write call for as long; sets u1, s1 (with "writes" a second
# after the last one) and the time at which it last worked. On a virtual machine whose host is busy, every wake-up may be charged with milliseconds: then
# a server that does nothing seems to use the CPU, and only its calls tell.
rest() {
  local last=0 now quiet=0 all work=
  rested=$(date +%s.%N)
  while [ "$quiet" -lt 12 ]; do
    now=$(date +%s.%N); sleep 0.25
    if [ "${1:-}" = writes ]; then
      [ "$quiet" -ge 4 ] || read -r u1 s1 < <(ticks)
      all=$(awk '/^(syscw|wchar)/ {n += $2} END {print n}' "/proc/$server/io")
      # A thread in the kernel's uninterruptible sleep waits for the disk in the middle of a call.
      if [ "$all" != "$last" ] || grep -qs '^State:.D' "/proc/$server/task/"*/status; then work=1; fi
    else
      read -r u1 s1 < <(ticks)
      all=$((u1 + s1))
      [ "$((all - last))" -le 1 ] || work=1
    fi
    if [ -n "$work" ]; then quiet=0; rested=$now; work=; else quiet=$((quiet + 1)); fi
    last=$all
  done
}
