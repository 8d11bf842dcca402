#!/usr/bin/env bash
# Makes the recorded runs that the page shows where a device is too slow: each trained by the
# command, then looked into. About 80 minutes of a processor, 70 of them for nanda, whose preset trains
# to step 40,000; its recording ends at step 10,000, that of paper_default at 6,000.
#
#   apps/web/scripts/record-runs.sh [FOLDER FOR THE RUNS]
set -euo pipefail
root="$(cd "$(dirname "$0")/../../.." && pwd)"
runs="${1:-$(mktemp -d)}"
source_of=(--conditions=@grok/source --experimental-transform-types --no-warnings
  "--import=$root/scripts/from-source.mjs")
quick=(--preset mlp --p 59 --batch-mode full --embed-dim 32 --width 128 --lr 0.01 --steps 1500
  --eval-every 10 --seed 0)

# record NAME LOOKS STEPS_BETWEEN_CHECKPOINTS LAST_STEP FLAGS...
record() {
  local name="$1" looks="$2" every="$3" last="$4" flags=("${@:5}")
  [ -e "$runs/$name/summary.json" ] || GROK_SIMD=relaxed node "${source_of[@]}" \
    "$root/apps/cli/src/main.ts" train "${flags[@]}" --threads 1 --no-plots \
    --checkpoint-every "$every" --keep-checkpoints all --out-dir "$runs/$name"
  node "${source_of[@]}" "$root/apps/web/scripts/record-run.ts" "$runs/$name" \
    "$root/apps/web/public/recorded/$name.run" "grok train ${flags[*]}" "$looks" "$last"
}

record quick 28 10 1500 "${quick[@]}" --train-fraction 0.5 --weight-decay 1
record no-decay 28 10 1500 "${quick[@]}" --train-fraction 0.5 --weight-decay 0
record less-data 28 10 1500 "${quick[@]}" --train-fraction 0.4 --weight-decay 1
# The main job: 97² answers a look.
record mlx 11 40 9999 --preset mlx
record nanda 9 100 10000 --preset nanda
record paper_default 11 100 6000 --preset paper_default
