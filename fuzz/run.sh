#!/usr/bin/env bash
# Run every fuzz target for SECONDS_EACH seconds: a crash, an input that takes over a second, or memory beyond 512 MiB ends it.
#
# Usage: run.sh SECONDS_EACH [TARGET…]. Coverage-guided (libFuzzer) on the stable toolchain: without unsafe code there is nothing that an
# address sanitizer, which needs nightly, could find. Seeds are cut from ../shared where it lies beside the project.
set -euo pipefail
cd "$(dirname "$0")"
seconds=$1
shift
python3 seeds.py ../../shared seeds
targets=("$@")
[ ${#targets[@]} -gt 0 ] || mapfile -t targets < <(cargo fuzz list)
mkdir -p artifacts corpus
echo "building ${#targets[@]} targets"
cargo fuzz build --sanitizer none 2>artifacts/build.log || { cat artifacts/build.log; exit 1; }
failed=0
for target in "${targets[@]}"; do
  mkdir -p "corpus/$target" "seeds/$target"
  log=artifacts/$target.log
  if cargo fuzz run --sanitizer none "$target" "corpus/$target" "seeds/$target" -- \
    -max_total_time="$seconds" -timeout=1 -rss_limit_mb=512 -print_final_stats=1 >"$log" 2>&1; then
    awk -v target="$target" '/number_of_executed_units/ { inputs = $2 } /peak_rss_mb/ { peak = $2 }
      END { printf "%-10s %10d inputs, peak %d MiB\n", target, inputs, peak }' "$log"
  else
    failed=1
    echo "$target FAILED: fuzz/$log"
    tail -n 20 "$log"
  fi
done
exit $failed
