#!/usr/bin/env bash
# Runs many programs at once and tells how long each took, in milliseconds, measured beside the program itself.
#   burst.sh FOLDER < list        list: one "PROGRAM CONFIG_DIR NAME" a line; stdin of each is FOLDER/NAME.json
# Writes FOLDER/NAME.out, prints "NAME EXIT_CODE MILLISECONDS" lines in any order.
folder=$1
while read -r program config name; do
  {
    start=${EPOCHREALTIME/[.,]/}
    CLAUDE_CONFIG_DIR=$config "$program" <"$folder/$name.json" >"$folder/$name.out" 2>&1
    code=$?
    end=${EPOCHREALTIME/[.,]/}
    echo "$name $code $(((end - start) / 1000))"
  } &
done
wait
