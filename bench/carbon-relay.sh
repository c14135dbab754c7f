#!/usr/bin/env bash
# Kalmar's relay beside Debian's carbon-relay and carbon-c-relay: lines from CONNECTIONS senders as fast as they are taken, to a program that counts them.
#   bench/carbon-relay.sh all|kalmar|carbon|carbon-c SERIES POINTS [CONNECTIONS]
# Prints lines sent and counted, lines a second between the first and the last at the counter, the relay's CPU seconds and peak memory, and the CPU
# seconds of sender and counter, which share the machine with the relay.
set -euo pipefail
side=${1:?all, kalmar, carbon or carbon-c}; series=${2:?series}; points=${3:?points}; connections=${4:-4}
if [ "$side" = all ]; then
  for one in carbon carbon-c kalmar; do "$0" "$one" "$series" "$points" "$connections"; done
  exit
fi
. "$(dirname "${BASH_SOURCE[0]}")/carbon-common.sh"
{ echo '[relay]'; common_settings; cat <<C; } > "$work/carbon.conf"
RELAY_METHOD = consistent-hashing
DESTINATIONS = 127.0.0.1:$((port + 2)):a
DESTINATION_PROTOCOL = line
C
cat > "$work/c-relay.conf" <<C
cluster far carbon_ch 127.0.0.1:$((port + 2))=a;
match * send to far stop;
listen type linemode 127.0.0.1:$port proto tcp;
C
"$bench" carbon-sink "$((port + 2))" > "$work/count" & others=$!
case $side in
  kalmar) start "$kalmar" carbon --program relay -c "$work/carbon.conf" ;;
  carbon-c) start carbon-c-relay -f "$work/c-relay.conf" ;;
  *) start /usr/bin/carbon-relay --config="$work/carbon.conf" --pidfile="$work/run/r.pid" --logdir="$work/log" --nodaemon start ;;
esac
read -r u0 s0 < <(ticks)
"$bench" carbon-load "$port" "$series" "$points" "$connections" bench > "$work/log/load"
wait "$others" || true; others=
read -r u1 s1 < <(ticks)
read -r lines seconds cpu < "$work/count"
awk -v side="$side" -v lines="$lines" -v seconds="$seconds" -v n="$((series * points))" -v u="$((u1 - u0))" -v s="$((s1 - s0))" -v hz="$hz" \
    -v sent="$(cat "$work/log/load")" -v load="$(cut -d' ' -f1 /proc/loadavg)" -v mem="$(peak)" -v cpu="$cpu" \
  'BEGIN { printf "%-8s relay: %s; counted %d of %d (%.1f %% lost), %.0f k lines/s, CPU %.2f s (%.2f + %.2f) = %.2f s per million lines, peak %.0f MB, counter CPU %.2f s, load %s\n",
           side, sent, lines, n, 100 * (n - lines) / n, lines / seconds / 1000, (u + s) / hz, u / hz, s / hz, (u + s) / hz / n * 1000000, mem, cpu, load }'
