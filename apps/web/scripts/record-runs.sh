#!/usr/bin/env bash
# Makes the recorded runs that the page shows where a device is too slow: each trained by the
# command, then looked into. About three processor minutes.
#
#   apps/web/scripts/record-runs.sh [FOLDER FOR THE RUNS]
set -euo pipefail
root="$(cd "$(dirname "$0")/../../.." && pwd)"
runs="${1:-$(mktemp -d)}"
source_of=(--conditions=@grok/source --experimental-transform-types --no-warnings
  "--import=$root/scripts/from-source.mjs")
quick=(--preset mlp --p 59 --batch-mode full --embed-dim 32 --width 128 --lr 0.01 --steps 1500
  --eval-every 10 --seed 0)

# record NAME LOOKS STEPS_BETWEEN_CHECKPOINTS FLAGS...
record() {
  local name="$1" looks="$2" every="$3" flags=("${@:4}")
  [ -e "$runs/$name/summary.json" ] || GROK_SIMD=relaxed node "${source_of[@]}" \
    "$root/apps/cli/src/main.ts" train "${flags[@]}" --threads 1 --no-plots \
    --checkpoint-every "$every" --keep-checkpoints all --out-dir "$runs/$name"
  node "${source_of[@]}" "$root/apps/web/scripts/record-run.ts" "$runs/$name" \
    "$root/apps/web/public/recorded/$name.run" "grok train ${flags[*]}" "$looks"
}

record quick 28 10 "${quick[@]}" --train-fraction 0.5 --weight-decay 1
record no-decay 28 10 "${quick[@]}" --train-fraction 0.5 --weight-decay 0
record less-data 28 10 "${quick[@]}" --train-fraction 0.4 --weight-decay 1
# The main job: 97² answers a look.
record mlx 11 40 --preset mlx
