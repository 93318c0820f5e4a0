#!/bin/bash
# Submits a study as an array of shards, and a job that merges them when all have ended:
#
#   docs/slurm/submit.sh STUDY SHARDS OUT [options of sbatch for the shards, such as --gres=gpu:1]
#
# STUDY is mini, paper or a study file; OUT lies on a file system that all nodes share. DENO is the program (default: deno) and
# STORE the folder of weights that `deno task fetch` has filled (default: $FUSIFORM_CACHE).
set -euo pipefail
if [ $# -lt 3 ]; then
  echo "usage: $0 STUDY SHARDS OUT [options of sbatch]" >&2
  exit 2
fi
here=$(cd "$(dirname "$0")" && pwd)
export STUDY=$1 SHARDS=$2 OUT=$3 DENO=${DENO:-deno} STORE=${STORE:-${FUSIFORM_CACHE:-$HOME/.cache/fusiform}}
shift 3
if [ -f "$STUDY" ]; then STUDY=$(cd "$(dirname "$STUDY")" && pwd)/$(basename "$STUDY"); fi
mkdir -p "$OUT"
OUT=$(cd "$OUT" && pwd)
export FUSIFORM=${FUSIFORM:-$(cd "$here/../.." && pwd)}
shards=$(sbatch --parsable --export=ALL --chdir="$OUT" --array="1-$SHARDS" "$@" "$here/shards.sbatch")
# Not afterok: the merge itself says which shards are missing, and a network that could not be run is told in the report.
merge=$(sbatch --parsable --export=ALL --chdir="$OUT" --dependency="afterany:$shards" "$here/merge.sbatch")
echo "shards: job $shards, tasks 1 to $SHARDS; merge: job $merge; logs and results: $OUT"
