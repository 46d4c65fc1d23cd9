# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
# Errors that the kernel reports on sound machines too, as LISA lists them; a drive that Azure took the DVD out of answers with errors.
HARMLESS='Fast TSC calibration|acpi PNP0A03|pci_root PNP0A03|ipmi_si|perfctr msr|Perf event create'
HARMLESS="$HARMLESS|I/O error, dev (sr|fd)[0-9]|on dev (sr|fd)[0-9]"
HARMLESS="$HARMLESS|floppy: error|ib_srpt|regulatory|ACPI.*_(DSM|OSC|PDC)|hv_(fcopy|vss)|Correctable Errors|BERT:|mlx5_fwdump"

check_lis_14_boot_messages() {
  command -v journalctl >/dev/null 2>&1 || skip 'no journal'
  regild_has_journal || unknown 'the journal cannot be read'
  lines=$(journalctl -k -b -p 3 -q --no-pager -o cat 2>/dev/null | grep -vE "$HARMLESS" | sort -u) || :
  [ -z "$lines" ] || fail "$(printf '%s\n' "$lines" | wc -l | tr -d ' ') kinds of errors, first: $(printf '%s\n' "$lines" | head -n 1)"
}
