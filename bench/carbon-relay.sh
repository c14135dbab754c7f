#!/usr/bin/env bash
# Kalmar's relay beside Debian's carbon-relay: lines from CONNECTIONS senders as fast as they are taken, to a program that counts them.
#   bench/carbon-relay.sh both|kalmar|carbon SERIES POINTS [CONNECTIONS]
# Prints lines sent and counted, lines a second between the first and the last at the counter, the relay's CPU seconds and peak memory.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
side=${1:?both, kalmar or carbon}; series=${2:?series}; points=${3:?points}; connections=${4:-4}
bench=${BENCH:-$here/artifacts/bin/Kalmar.Benchmarks/release/Kalmar.Benchmarks}
if [ "$side" = both ]; then
  "$0" carbon "$series" "$points" "$connections"
  "$0" kalmar "$series" "$points" "$connections"
  exit
fi
work=$(mktemp -d); port=$((20000 + RANDOM % 10000)); server=; sink=
finish() {
  for process in $server $sink; do kill "$process" 2>/dev/null || true; wait "$process" 2>/dev/null || true; done
  rm -rf "$work"
}
trap finish EXIT
mkdir -p "$work/storage" "$work/log" "$work/run"
printf '[all]\npattern = .*\nretentions = 60s:1d\n' > "$work/storage-schemas.conf"
cat > "$work/carbon.conf" <<C
[relay]
STORAGE_DIR = $work/storage/
CONF_DIR = $work/
LOG_DIR = $work/log/
PID_DIR = $work/run/
USER =
LINE_RECEIVER_INTERFACE = 127.0.0.1
LINE_RECEIVER_PORT = $port
PICKLE_RECEIVER_INTERFACE = 127.0.0.1
PICKLE_RECEIVER_PORT = $((port + 1))
RELAY_METHOD = consistent-hashing
DESTINATIONS = 127.0.0.1:$((port + 2)):a
DESTINATION_PROTOCOL = line
CARBON_METRIC_INTERVAL = 0
LOG_UPDATES = False
C
"$bench" carbon-sink "$((port + 2))" > "$work/count" & sink=$!
if [ "$side" = kalmar ]; then
  "${KALMAR:-$here/kalmar}" carbon --program relay -c "$work/carbon.conf" > "$work/log/out" 2>&1 &
else
  GRAPHITE_ROOT=$work GRAPHITE_CONF_DIR=$work GRAPHITE_STORAGE_DIR=$work/storage \
    /usr/bin/carbon-relay --config="$work/carbon.conf" --pidfile="$work/run/r.pid" --logdir="$work/log" --nodaemon start > "$work/log/out" 2>&1 &
fi
server=$!
up=
for _ in $(seq 3000); do (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && { up=1; break; }; kill -0 "$server" 2>/dev/null || break; sleep 0.1; done
[ -n "$up" ] || { cat "$work/log/out" >&2; echo "bench/carbon-relay.sh: $side did not start" >&2; exit 1; }
sleep 1
ticks() { awk '{print $14, $15}' "/proc/$server/stat"; }
read -r u0 s0 < <(ticks)
"$bench" carbon-load "$port" "$series" "$points" "$connections" bench > "$work/log/load"
wait "$sink" || true
read -r u1 s1 < <(ticks)
sink=
read -r lines seconds < "$work/count"
awk -v side="$side" -v lines="$lines" -v seconds="$seconds" -v n="$((series * points))" -v u="$((u1 - u0))" -v s="$((s1 - s0))" -v hz="$(getconf CLK_TCK)" \
    -v sent="$(cat "$work/log/load")" -v load="$(cut -d' ' -f1 /proc/loadavg)" -v mem="$(awk '/VmHWM/ {print $2 / 1024}' "/proc/$server/status")" \
  'BEGIN { printf "%-6s relay: %s; counted %d of %d (%.1f %% lost), %.0f k lines/s, CPU %.2f s (%.2f + %.2f) = %.2f s per million lines, peak %.0f MB, load %s\n",
           side, sent, lines, n, 100 * (n - lines) / n, lines / seconds / 1000, (u + s) / hz, u / hz, s / hz, (u + s) / hz / n * 1000000, mem, load }'
