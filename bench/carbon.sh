#!/usr/bin/env bash
# Kalmar's Carbon beside Debian's carbon-cache: the same load, one after the other, on this machine.
#   bench/carbon.sh kalmar|carbon SERIES POINTS [CONNECTIONS]
# Prints: points on disk, seconds from the first line to the last point on disk, CPU seconds of the server, its peak memory.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
side=${1:?kalmar or carbon}; series=${2:?series}; points=${3:?points}; connections=${4:-4}
bench=$here/artifacts/bin/Kalmar.Benchmarks/release/Kalmar.Benchmarks
kalmar=$here/artifacts/bin/Kalmar.Cli/release/kalmar
work=$(mktemp -d); port=$((20000 + RANDOM % 10000))
trap 'kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; rm -rf "$work"' EXIT
mkdir -p "$work/storage/whisper" "$work/log" "$work/run"
printf '[all]\npattern = .*\nretentions = 60s:1d\n' > "$work/storage-schemas.conf"
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
WHISPER_SPARSE_CREATE = False
WHISPER_FALLOCATE_CREATE = True
ENABLE_TAGS = False
CARBON_METRIC_INTERVAL = 0
C
if [ "$side" = kalmar ]; then
  DOTNET_gcServer=0 DOTNET_gcConcurrent=0 DOTNET_TieredPGO=0 "$kalmar" carbon -c "$work/carbon.conf" > "$work/log/out" 2>&1 &
else
  GRAPHITE_ROOT=$work GRAPHITE_CONF_DIR=$work GRAPHITE_STORAGE_DIR=$work/storage \
    /usr/bin/carbon-cache --config="$work/carbon.conf" --pidfile="$work/run/c.pid" --logdir="$work/log" --nodaemon start > "$work/log/out" 2>&1 &
fi
server=$!
for _ in $(seq 300); do (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && break; sleep 0.1; done
cpu() { awk -v hz="$(getconf CLK_TCK)" '{print ($14 + $15) / hz}' "/proc/$server/stat"; }
total=$((series * points))
measure() {
  local label=$1 want=$2 before start
  before=$(cpu); start=$(date +%s.%N)
  "$bench" carbon-load "$port" "$series" "$3" "$connections" bench
  # The count on disk decides, looked at every half second for at most five minutes; looking is the other process's CPU.
  for _ in $(seq 600); do
    read -r files found < <("$bench" carbon-count "$work/storage/whisper")
    [ "$found" -ge "$want" ] && break
    sleep 0.5
  done
  local end; end=$(date +%s.%N); idle2=$(cpu)
  awk -v label="$label" -v side="$side" -v files="$files" -v found="$found" -v want="$want" -v a="$start" -v b="$end" -v c0="$before" -v c1="$idle2" -v n="$((series * $3))" \
      -v mem="$(awk '/VmHWM/ {print $2 / 1024}' "/proc/$server/status")" \
    'BEGIN { printf "%s %s: files %d, on disk %d of %d, at most %.1f s, CPU %.2f s, CPU per million points %.2f s, peak %.0f MB\n", side, label, files, found, want, b - a, c1 - c0, (c1 - c0) / n * 1000000, mem }'
}
measure "$series x $points (new files)" "$total" "$points"
if [ "$points" = 1 ]; then
  sleep $((61 - $(date +%s) % 60))
  measure "$series x 1 (steady state)" $((total * 2)) 1
fi
