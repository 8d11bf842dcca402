#!/usr/bin/env bash
# Makes the recorded runs that the page shows where a device is too slow: each trained by the
# command, then looked into. About a processor minute.
#
#   apps/web/scripts/record-runs.sh [FOLDER FOR THE RUNS]
set -euo pipefail
root="$(cd "$(dirname "$0")/../../.." && pwd)"
runs="${1:-$(mktemp -d)}"
source_of=(--conditions=@grok/source --experimental-transform-types --no-warnings
  "--import=$root/scripts/from-source.mjs")
quick=(--preset mlp --p 59 --batch-mode full --embed-dim 32 --width 128 --lr 0.01 --steps 1500
  --eval-every 10 --seed 0)

record() {
  local name="$1" flags=("${quick[@]}" "${@:2}")
  [ -e "$runs/$name/summary.json" ] || GROK_SIMD=relaxed node "${source_of[@]}" \
    "$root/apps/cli/src/main.ts" train "${flags[@]}" --threads 1 --no-plots \
    --checkpoint-every 10 --keep-checkpoints all --out-dir "$runs/$name"
  node "${source_of[@]}" "$root/apps/web/scripts/record-run.ts" "$runs/$name" \
    "$root/apps/web/public/recorded/$name.run" "grok train ${flags[*]}"
}

record quick --train-fraction 0.5 --weight-decay 1
record no-decay --train-fraction 0.5 --weight-decay 0
record less-data --train-fraction 0.4 --weight-decay 1
