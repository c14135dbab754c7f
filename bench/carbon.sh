#!/usr/bin/env bash
# Kalmar's Carbon beside Debian's carbon-cache: the same load on the same disk, one after the other.
#   bench/carbon.sh both|kalmar|carbon SERIES POINTS [CONNECTIONS]
# POINTS is a number of points a series, all of them sent at once into new files, or one of
#   steady      one point a series into new files, then another one a minute later, three times
#   minutes:N   one point a series in each of N minutes, the burst at its beginning; counted after an orderly stop
# SPARSE=1 makes sparse files on both sides. KALMAR=program takes another Kalmar than the checkout's.
# For each load it prints: points on disk, seconds from the first line to the server's last write, the server's CPU seconds (user + system),
# files (new ones or updates) a second and a CPU second, its peak memory, and where perf may count them its cycles and instructions, which a machine
# that is shared or throttled does not change as much as seconds. Starting the server is not counted. Run as root, each side gets a fresh ext4 file
# system in a file: on one where many files were deleted a moment ago, ext4 spends longer to find a free inode than all the rest takes.
set -euo pipefail
side=${1:?both, kalmar or carbon}; series=${2:?series}; points=${3:?points}; connections=${4:-4}
if [ "$side" = both ]; then
  "$0" carbon "$series" "$points" "$connections"
  "$0" kalmar "$series" "$points" "$connections"
  exit
fi
. "$(dirname "${BASH_SOURCE[0]}")/carbon-common.sh"
disk="shared disk"
if [ "$(id -u)" = 0 ]; then
  # More than twice of what is written: ext4 stops writers to count its blocks when what is not yet on disk comes near to what is free.
  truncate -s "$((series * 72 / 1024 + 1024))M" "$work/disk"
  mkfs.ext4 -q -N "$((series * 11 / 10 + 20000))" -E lazy_itable_init=0,lazy_journal_init=0 "$work/disk"
  mount -o loop,discard "$work/disk" "$work/storage"; mounted=1
  disk="fresh ext4"
fi
mkdir -p "$work/storage/whisper"
sparse=False; fallocate=True
[ -z "${SPARSE:-}" ] || { sparse=True; fallocate=False; }
{ echo '[cache]'; common_settings; cat <<C; } > "$work/carbon.conf"
LOCAL_DATA_DIR = $work/storage/whisper/
MAX_CACHE_SIZE = inf
MAX_UPDATES_PER_SECOND = inf
MAX_CREATES_PER_MINUTE = inf
CACHE_QUERY_INTERFACE = 127.0.0.1
CACHE_QUERY_PORT = $((port + 2))
LOG_CREATES = False
LOG_CACHE_HITS = False
LOG_CACHE_QUEUE_SORTS = False
WHISPER_SPARSE_CREATE = $sparse
WHISPER_FALLOCATE_CREATE = $fallocate
ENABLE_TAGS = False
C
if [ "$side" = kalmar ]; then
  # The launcher builds when it must, then becomes the program.
  start "$kalmar" carbon -c "$work/carbon.conf"
else
  start /usr/bin/carbon-cache --config="$work/carbon.conf" --pidfile="$work/run/c.pid" --logdir="$work/log" --nodaemon start
fi

measure() {
  local label=$1 count=$2 want=$3 counter= counted= u0 s0 start files found
  if command -v perf > /dev/null 2>&1; then
    perf stat -x, -e cycles,instructions -o "$work/log/perf" -p "$server" > /dev/null 2>&1 & counter=$!
    sleep 0.5
  fi
  read -r u0 s0 < <(ticks); start=$(date +%s.%N)
  "$bench" carbon-load "$port" "$series" "$count" "$connections" bench > "$work/log/load"
  rest writes
  if [ -n "$counter" ]; then
    kill -INT "$counter" 2>/dev/null || true; wait "$counter" 2>/dev/null || true
    counted=$(awk -F, -v n="$((series * count))" '$1 + 0 > 0 && $3 ~ /cycles|instructions/ { sub(/:.*/, "", $3); printf ", %.0f %s a point", $1 / n, $3 }' "$work/log/perf")
  fi
  read -r files found < <("$bench" carbon-count "$work/storage/whisper")
  awk -v label="$label" -v side="$side" -v files="$files" -v found="$found" -v want="$want" -v t="$start $rested" -v u="$((u1 - u0))" -v s="$((s1 - s0))" \
      -v hz="$hz" -v counted="$counted" -v disk="$disk" -v n="$((series * count))" -v series="$series" -v load="$(cut -d' ' -f1 /proc/loadavg)" -v mem="$(peak)" \
    'BEGIN { split(t, a, " "); time = a[2] - a[1]; cpu = (u + s) / hz
             printf "%-6s %s: files %d, on disk %d of %d, %.1f s, CPU %.2f s (%.2f + %.2f) = %.2f s per million points, files a second %.0f, a CPU-second %.0f, peak %.0f MB%s, load %s, %s\n",
             side, label, files, found, want, time, cpu, u / hz, s / hz, cpu / n * 1000000, series / time, series / cpu, mem, counted, load, disk }'
  [ "$found" -ge "$want" ]
}

if [[ "$points" = minutes:* ]]; then
  minutes=${points#minutes:}
  read -r u0 s0 < <(ticks)
  for minute in $(seq "$minutes"); do
    sleep $((61 - 10#$(date +%S)))
    "$bench" carbon-load "$port" "$series" 1 "$connections" bench > "$work/log/load"
    read -r u1 s1 < <(ticks)
    awk -v minute="$minute" -v line="$(cat "$work/log/load")" -v cpu="$(((u1 + s1 - u0 - s0) / hz))" \
      '/VmRSS/ {rss = $2 / 1024} /VmHWM/ {peak = $2 / 1024} END {printf "minute %d: %s, CPU so far %d s, now %.0f MB, peak %.0f MB\n", minute, line, cpu, rss, peak}' "/proc/$server/status"
  done
  rest writes
  mem=$(peak); stopping=$(date +%s.%N)
  # A writer that waits for a busy disk is at rest, too: an orderly stop writes what it still has, and what is on disk after that is counted.
  kill "$server"; wait "$server" || true; server=
  stopped=$(date +%s.%N)
  read -r files found < <("$bench" carbon-count "$work/storage/whisper" 4096)
  awk -v side="$side" -v n="$series" -v m="$minutes" -v files="$files" -v found="$found" -v u="$((u1 - u0))" -v s="$((s1 - s0))" -v hz="$hz" \
      -v load="$(cut -d' ' -f1 /proc/loadavg)" -v mem="$mem" -v t="$stopping $stopped" \
    'BEGIN { split(t, a, " ")
             printf "%-6s %d series, %d minutes: files %d, on disk %d of %d, CPU %.1f s (%.1f + %.1f) = %.1f s a minute, peak %.0f MB, stopped in %.1f s, load %s\n",
             side, n, m, files, found, n * m, (u + s) / hz, u / hz, s / hz, (u + s) / hz / m, mem, a[2] - a[1], load }'
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
