#!/usr/bin/env bash
# Kalmar's Whisper library beside Python's: one thread, points per CPU-second, medians of five.
#   bench/whisper-library.sh [FOLDER]
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
bench=${BENCH:-$here/artifacts/bin/Kalmar.Benchmarks/release/Kalmar.Benchmarks}
work=$(mktemp -d -p "${1:-${TMPDIR:-/tmp}}"); trap 'rm -rf "$work"' EXIT
echo "python $(dpkg-query -W -f "\${Version}" python3-whisper)"
/usr/bin/python3 - "$work" <<'PY'
import sys, time, whisper
path = sys.argv[1] + "/python.wsp"
now = int(time.time()) // 3600 * 3600
whisper.create(path, [(60, 1440), (300, 8640), (3600, 26280)], sparse=True)
points = [(now - 60 * (999 - i), float(i)) for i in range(1000)]

def measure(what, count, action, times):
    for _ in range(20):
        action()
    rates = []
    for _ in range(5):
        before = time.process_time()
        for _ in range(times):
            action()
        rates.append(count * times / (time.process_time() - before))
    print("%s: %d k points per CPU-second" % (what, sorted(rates)[2] / 1000))

measure("update_many, 1,000 points, 3 archives", 1000, lambda: whisper.update_many(path, list(points), now), 100)
measure("fetch, 1,440 points", 1440, lambda: whisper.fetch(path, now - 86400, now, now), 200)
PY
echo kalmar
"$bench" whisper-library "$work"
