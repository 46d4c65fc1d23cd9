#!/bin/sh
# record.sh: writes what became of the AWS components into the image, for whoever asks later. Only root can read it, and no secret is in it.
# Lines of /var/lib/regild/translation.tsv:
#   plan|base|ami<TAB>digest, URN or id
#   inventory<TAB>before|after<TAB>packages|units|accounts<TAB>count
#   component<TAB>id<TAB>removed|kept|reported|left<TAB>where it was seen first
#   leak<TAB>rule<TAB>warn|allowed<TAB>path<TAB>kind
#   answer<TAB>id<TAB>item<TAB>reason: what the manifest answers for (answers.tsv)
#   check<TAB>id<TAB>pass|fail|skip|error<TAB>detail: a check before generalize that is the user's own, or found something and did not stop
#     the build (checks.sh)
# A component that was seen neither before nor after nor in between has no line. A second run of the same plan adds to the record of the
# first. With REGILD_INLINE set the text defines functions only: validation sends it to a booted machine together with lib.sh.
REGILD_RECORD=${REGILD_RECORD:-/var/lib/regild/translation.tsv}

# Prints the record for validation in at most so many bytes: a line that counts its components and its checks, one for each check, those
# that failed first, one for each component, and one that says how many of these are cut off.
regild_print_record() {
  [ -f "$REGILD_RECORD" ] || return 0
  awk -F '\t' -v room="$1" '
    $1 == "plan" { plan = $2 }
    $1 == "component" { line[++count] = sprintf("regild-component\t%s\t%s\n", $2, $3) }
    $1 == "check" && ($3 == "fail" || $3 == "error") { check[++bad] = sprintf("regild-built\t%s\t%s\t%s\n", $2, $3, $4) }
    $1 == "check" && $3 != "fail" && $3 != "error" { good[++well] = sprintf("regild-built\t%s\t%s\t%s\n", $2, $3, $4) }
    END {
      text = sprintf("regild-record\t%s\t%d\t%d\n", plan, count, bad + well)
      # The line about the cut has room in any case.
      room -= 32
      for (n = 1; n <= well; n++) check[bad + n] = good[n]
      for (n = 1; n <= bad + well; n++) if (length(text) + length(check[n]) <= room) text = text check[n]
      for (n = 1; n <= count && length(text) + length(line[n]) <= room; n++) text = text line[n]
      if (n <= count) text = text sprintf("regild-record-cut\t%d\n", count - n + 1)
      printf "%s", text
    }' "$REGILD_RECORD"
}

# What an earlier run of the same plan wrote down: only its first look shows what was there before.
record_of_same_plan() {
  plan=$(awk -F '\t' '$1 == "plan" { print $2 }' "$REGILD_HOME/provenance.tsv")
  awk -F '\t' -v plan="$plan" '$1 == "plan" { same = ($2 == plan) } same' "$REGILD_RECORD" 2>/dev/null || :
}

# Every source of the record as `source<TAB>line`; later ones do not replace what an earlier one saw.
record_sources() {
  sed "s/^/action$REGILD_TAB/" "$REGILD_COMPONENTS"
  record_of_same_plan | sed "s/^/earlier$REGILD_TAB/"
  for source in inventory-before report inventory-after; do
    [ ! -f "$REGILD_HOME/$source.tsv" ] || sed "s/^/$source$REGILD_TAB/" "$REGILD_HOME/$source.tsv"
  done
}

record_lines() {
  record_sources | awk -F '\t' '
    function seen(id, where) { if (!(id in place)) place[id] = where }
    function number(when, what, value) { if (!((when, what) in counts)) counts[when, what] = value }
    $1 == "action" { if (!($2 in action)) { action[$2] = $3; order[++known] = $2 } }
    $1 == "earlier" && $2 == "inventory" && $3 == "before" { number($3, $4, $5) }
    $1 == "earlier" && $2 == "component" { seen($3, $5) }
    $1 == "report" && $3 != "not-found" { split($4, hits, ";"); seen($2, hits[1]) }
    $1 == "inventory-before" && $2 == "count" { number("before", $3, $4) }
    $1 == "inventory-after" && $2 == "count" { number("after", $3, $4) }
    $1 ~ /^inventory-/ && $2 == "component" { seen($3, $4) }
    $1 == "inventory-after" && $2 == "component" { there[$3] = 1 }
    END {
      outcome["remove"] = "left"; outcome["keep"] = "kept"; outcome["report"] = "reported"
      split("packages units accounts", kinds, " ")
      split("before after", looks, " ")
      for (look = 1; look <= 2; look++) for (kind = 1; kind <= 3; kind++)
        printf "inventory\t%s\t%s\t%d\n", looks[look], kinds[kind], counts[looks[look], kinds[kind]]
      for (n = 1; n <= known; n++) if (order[n] in place)
        printf "component\t%s\t%s\t%s\n", order[n], (order[n] in there ? outcome[action[order[n]]] : "removed"), place[order[n]]
    }'
}

# What the leak scan saw and let pass; what it does not let pass stops the build before this.
record_leaks() {
  [ ! -f "$REGILD_HOME/leaks-found.tsv" ] || awk -F '\t' '$2 != "block" { print "leak\t" $0 }' "$REGILD_HOME/leaks-found.tsv"
}

# Why what would have stopped the build may be in the image.
record_answers() {
  [ ! -f "$REGILD_ANSWERS" ] || sed "s/^/answer$REGILD_TAB/" "$REGILD_ANSWERS"
}

# A path may hold anything: of an access key id in one only the beginning is written down.
record_main() {
  [ "$(id -u)" -eq 0 ] || regild_die 'must run as root'
  [ -s "$REGILD_HOME/provenance.tsv" ] || regild_die 'provenance.tsv is missing'
  umask 077
  folder=$(dirname "$REGILD_RECORD")
  mkdir -p "$folder"
  chmod 0700 "$folder"
  {
    cat "$REGILD_HOME/provenance.tsv"
    { record_lines && record_leaks; } | regild_mask_keys | cut -c 1-240
    record_answers | regild_mask_keys
  } | regild_put "$REGILD_RECORD" 0600
  chmod 0600 "$REGILD_RECORD"
}

if [ -z "${REGILD_INLINE:-}" ]; then
  set -eu
  REGILD_HOME=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
  . "$REGILD_HOME/lib.sh"
  record_main
fi
