#!/usr/bin/env bash
# Stands in for az, gh and sleep: notes how it was called and answers what the test said. Blobs are files in blobs/.
set -euo pipefail

call="${0##*/} $*"
printf '%s\n' "${call//$'\n'/ }" >>"$STUB/calls"

# Answers are folders, the first that matches counts; 'times' is how often it still does.
for answer in "$STUB"/answers/*/; do
  [[ -f ${answer}match && $call =~ $(<"${answer}match") ]] || continue
  if [[ -f ${answer}times ]]; then
    times=$(<"${answer}times")
    ((times > 0)) || continue
    echo $((times - 1)) >"${answer}times"
  fi
  cat "${answer}out"
  cat "${answer}error" >&2
  exit "$(<"${answer}code")"
done

option() {
  local wanted=$1
  shift
  while (($# > 1)); do
    if [[ $1 == "--$wanted" ]]; then
      printf '%s' "$2"
      return
    fi
    shift
  done
}

mkdir -p "$STUB/blobs"
blob=$STUB/blobs/$(option name "$@")
case $call in
  *'storage blob upload'*) cp "$(option file "$@")" "$blob" ;;
  *'storage blob download'*) cp "$blob" "$(option file "$@")" ;;
  *'storage blob exists'*) if [[ -f $blob ]]; then echo true; else echo false; fi ;;
esac
