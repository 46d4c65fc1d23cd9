# shellcheck shell=sh disable=SC2034,SC2154 # what loads this file shares its variables
check_lix_19_nvme_namespaces() {
  [ -n "$(regild_glob '/sys/class/nvme/nvme*')" ] || skip 'this machine has no NVMe controller'
  for folder in /sys/class/nvme/nvme*; do
    [ -n "$(find "$folder/" -maxdepth 1 -name 'nvme*n[0-9]*')" ] || fail "${folder##*/} shows no disk"
  done
}
