#!/usr/bin/env bash
# Kalmar's Carbon beside Debian's carbon-cache: the same load on the same disk, one after the other.
#   bench/carbon.sh both|kalmar|carbon SERIES POINTS [CONNECTIONS]
# POINTS is a number, or "steady": one point a series into new files, then another one a minute later, three times.
# POINTS may also be "minutes:N": a point a series in each of N minutes, the burst at its beginning.
# SPARSE=1 makes sparse files on both sides. KALMAR=program takes another Kalmar than the checkout's.
# For each load it prints: points on disk, seconds from the first line to the server's rest, the server's CPU seconds (user + system),
# its peak memory, and where perf may count them its cycles and instructions, which a machine that is shared or throttled does not
# change as much as seconds. Starting the server is not counted. Run as root, each side gets a fresh ext4 file system in a file: on one where many
# files were deleted a moment ago, ext4 spends longer to find a free inode than all the rest takes.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
side=${1:?both, kalmar or carbon}; series=${2:?series}; points=${3:?points}; connections=${4:-4}
bench=$here/artifacts/bin/Kalmar.Benchmarks/release/Kalmar.Benchmarks
if [ "$side" = both ]; then
  "$0" carbon "$series" "$points" "$connections"
  "$0" kalmar "$series" "$points" "$connections"
  exit
fi
work=$(mktemp -d); port=$((20000 + RANDOM % 10000)); server=; mounted=
finish() {
  [ -z "$server" ] || { kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; }
  [ -z "$mounted" ] || umount "$work/storage"
  rm -rf "$work"
}
trap finish EXIT
mkdir "$work/storage"
if [ "$(id -u)" = 0 ]; then
  truncate -s "$((series * 24 / 1024 + 1024))M" "$work/disk"
  mkfs.ext4 -q -N "$((series * 11 / 10 + 20000))" -E lazy_itable_init=0,lazy_journal_init=0 "$work/disk"
  mount -o loop,discard "$work/disk" "$work/storage"; mounted=1
  disk="fresh ext4"
else
  disk="shared disk"
fi
mkdir -p "$work/storage/whisper" "$work/log" "$work/run"
printf '[all]\npattern = .*\nretentions = 60s:1d\n' > "$work/storage-schemas.conf"
sparse=False; fallocate=True
[ -z "${SPARSE:-}" ] || { sparse=True; fallocate=False; }
cat > "$work/carbon.conf" <<C
[cache]
STORAGE_DIR = $work/storage/
LOCAL_DATA_DIR = $work/storage/whisper/
CONF_DIR = $work/
LOG_DIR = $work/log/
PID_DIR = $work/run/
USER =
MAX_CACHE_SIZE = inf
MAX_UPDATES_PER_SECOND = inf
MAX_CREATES_PER_MINUTE = inf
LINE_RECEIVER_INTERFACE = 127.0.0.1
LINE_RECEIVER_PORT = $port
PICKLE_RECEIVER_INTERFACE = 127.0.0.1
PICKLE_RECEIVER_PORT = $((port + 1))
CACHE_QUERY_INTERFACE = 127.0.0.1
CACHE_QUERY_PORT = $((port + 2))
LOG_UPDATES = False
LOG_CREATES = False
LOG_CACHE_HITS = False
LOG_CACHE_QUEUE_SORTS = False
WHISPER_SPARSE_CREATE = $sparse
WHISPER_FALLOCATE_CREATE = $fallocate
ENABLE_TAGS = False
CARBON_METRIC_INTERVAL = 0
C
if [ "$side" = kalmar ]; then
  # The launcher builds when it must, then becomes the program.
  "${KALMAR:-$here/kalmar}" carbon -c "$work/carbon.conf" > "$work/log/out" 2>&1 &
else
  GRAPHITE_ROOT=$work GRAPHITE_CONF_DIR=$work GRAPHITE_STORAGE_DIR=$work/storage \
    /usr/bin/carbon-cache --config="$work/carbon.conf" --pidfile="$work/run/c.pid" --logdir="$work/log" --nodaemon start > "$work/log/out" 2>&1 &
fi
server=$!
up=
for _ in $(seq 3000); do (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && { up=1; break; }; kill -0 "$server" 2>/dev/null || break; sleep 0.1; done
[ -n "$up" ] || { cat "$work/log/out" >&2; echo "bench/carbon.sh: $side did not start" >&2; exit 1; }
sleep 1

ticks() { awk '{print $14, $15}' "/proc/$server/stat"; }
measure() {
  local label=$1 count=$2 want=$3
  local u0 s0 u1 s1 last total start end now quiet=0 counter= counted=
  if command -v perf > /dev/null 2>&1; then
    perf stat -x, -e cycles,instructions -o "$work/log/perf" -p "$server" > /dev/null 2>&1 & counter=$!
    sleep 0.5
  fi
  read -r u0 s0 < <(ticks); start=$(date +%s.%N); end=$start; last=$((u0 + s0))
  "$bench" carbon-load "$port" "$series" "$count" "$connections" bench > "$work/log/load"
  # At rest: at most 2 ticks of CPU in each of three seconds. What is on disk then is counted.
  while [ "$quiet" -lt 3 ]; do
    now=$(date +%s.%N); sleep 1
    read -r u1 s1 < <(ticks); total=$((u1 + s1))
    if [ $((total - last)) -gt 2 ]; then quiet=0; end=$(date +%s.%N); else quiet=$((quiet + 1)); fi
    last=$total
  done
  if [ -n "$counter" ]; then
    kill -INT "$counter" 2>/dev/null || true; wait "$counter" 2>/dev/null || true
    counted=$(awk -F, -v n="$((series * count))" '$1 + 0 > 0 && $3 ~ /cycles|instructions/ { sub(/:.*/, "", $3); printf ", %.0f %s a point", $1 / n, $3 }' "$work/log/perf")
  fi
  read -r files found < <("$bench" carbon-count "$work/storage/whisper")
  awk -v label="$label" -v side="$side" -v files="$files" -v found="$found" -v want="$want" -v a="$start" -v b="$end" -v u="$((u1 - u0))" -v s="$((s1 - s0))" \
      -v hz="$(getconf CLK_TCK)" -v counted="$counted" -v disk="$disk" -v n="$((series * count))" -v load="$(cut -d' ' -f1 /proc/loadavg)" -v mem="$(awk '/VmHWM/ {print $2 / 1024}' "/proc/$server/status")" \
    'BEGIN { printf "%-6s %s: files %d, on disk %d of %d, %.1f s, CPU %.2f s (%.2f + %.2f) = %.2f s per million points, peak %.0f MB%s, load %s, %s\n",
             side, label, files, found, want, b - a, (u + s) / hz, u / hz, s / hz, (u + s) / hz / n * 1000000, mem, counted, load, disk }'
  [ "$found" -ge "$want" ]
}
if [[ "$points" = minutes:* ]]; then
  minutes=${points#minutes:}
  read -r u0 s0 < <(ticks)
  for minute in $(seq "$minutes"); do
    sleep $((61 - 10#$(date +%S)))
    "$bench" carbon-load "$port" "$series" 1 "$connections" bench > "$work/log/load"
    awk -v minute="$minute" -v line="$(cat "$work/log/load")" '/VmRSS/ {rss = $2 / 1024} /VmHWM/ {peak = $2 / 1024} END {printf "minute %d: %s, now %.0f MB, peak %.0f MB\n", minute, line, rss, peak}' "/proc/$server/status"
  done
  last=0; quiet=0
  while [ "$quiet" -lt 3 ]; do
    sleep 1; read -r u1 s1 < <(ticks); total=$((u1 + s1))
    if [ $((total - last)) -gt 2 ]; then quiet=0; else quiet=$((quiet + 1)); fi
    last=$total
  done
  mem=$(awk '/VmHWM/ {print $2 / 1024}' "/proc/$server/status")
  # A writer that waits for a busy disk is at rest, too: an orderly stop writes what it still has, and what is on disk after that is counted.
  kill "$server"; wait "$server" || true; server=
  read -r files found < <("$bench" carbon-count "$work/storage/whisper" 4096)
  awk -v side="$side" -v n="$series" -v m="$minutes" -v files="$files" -v found="$found" -v u="$((u1 - u0))" -v s="$((s1 - s0))" -v hz="$(getconf CLK_TCK)" \
      -v load="$(cut -d' ' -f1 /proc/loadavg)" -v mem="$mem" \
    'BEGIN { printf "%-6s %d series, %d minutes: files %d, on disk %d of %d, CPU %.1f s (%.1f + %.1f) = %.1f s a minute, peak %.0f MB, load %s\n",
             side, n, m, files, found, n * m, (u + s) / hz, u / hz, s / hz, (u + s) / hz / m, mem, load }'
  [ "$found" -ge "$((series * minutes))" ]
elif [ "$points" = steady ]; then
  measure "$series x 1, new files" 1 "$series"
  for round in 1 2 3; do
    sleep $((61 - 10#$(date +%S)))
    measure "$series x 1, steady state $round" 1 $((series * (round + 1)))
  done
else
  measure "$series x $points, new files" "$points" $((series * points))
fi
