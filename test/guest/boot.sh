# shellcheck shell=bash disable=SC2034,SC2154 # the parts that suite.sh sources share their variables
# Two machines from one generalized disk come up as Azure would have them. Needs the part disk. Sourced by suite.sh.

host_keys() { on "$1" 'cat /etc/ssh/ssh_host_*_key.pub' | cut -d ' ' -f 1,2 | sort; }
served_key() { cut -d ' ' -f 2,3 "$work/$1.known" | sort -u; }
machine_id() { on "$1" cat /etc/machine-id; }
boot_id() { on "$1" cat /proc/sys/kernel/random/boot_id; }
started_anew() { different "$(boot_id "$1" || true)" "$2"; }
firmware_of() { on "$1" 'if [ -d /sys/firmware/efi ]; then echo uefi; else echo bios; fi'; }
different() { [ -n "$1" ] && [ -n "$2" ] && [ "$1" != "$2" ]; }

# Both files name keys as `type key`, at least three kinds, and none is in both.
no_common_key() { [ "$(wc -l <"$1")" -ge 3 ] && [ "$(wc -l <"$2")" -ge 3 ] && ! grep -Ff <(cut -d ' ' -f 2 "$1") "$2"; }

# A list from the machine that has lines, and none that matches. A busy machine's systemd lets a question time out: it is asked until it answers.
lists_no() { # lists_no <name> <pattern> <command…>
  local name=$1 pattern=$2
  shift 2
  wait_for 600 listed "$name" "$@" && ! grep -iE "$pattern" "$work/list.txt"
}

listed() { # listed <name> <command…>
  local name=$1
  shift
  on "$name" "$@" >"$work/list.txt" && [ -s "$work/list.txt" ]
}

# Whether systemd has nothing left to do: a unit that still starts, or waits to be started again, has not failed yet.
settled() { # settled <name>
  # shellcheck disable=SC2016 # for the machine
  on "$1" '[ -z "$(systemctl list-jobs --no-legend --plain)" ] && [ -z "$(systemctl list-units --state=activating,deactivating --no-legend --plain)" ]'
}

run_checks() { # run_checks <name>
  "$node" "$here/render-checks.ts" test-vm "$work/tables/components.tsv" "$(awk '$1 == "plan" { print $2 }' "$work/tables/provenance.tsv")" "$admin" "$work/admin" >"$work/checks.sh"
  run_script "$1" "$work/checks.sh" >"$work/$1.checks"
}

restart_check_says() { # restart_check_says <name> <result>
  "$node" "$here/render-checks.ts" restarted >"$work/restarted.sh"
  run_script "$1" "$work/restarted.sh" >"$work/$1.restarted" && grep -P "^regild-check\tlix-03-restart\t$2(\t|$)" "$work/$1.restarted"
}

# The first machine restarts by itself, the second is stopped and started, as by Azure's stop and start. A new QEMU goes on with the disk of both
# (-no-reboot): without KVM, the second processor does not always come back from a reset, and the firmware waits for it for ever.
restart_machine() { # restart_machine <name>
  case $1 in
    gen1) on gen1 sudo systemctl reboot || true ;;
    *) on "$1" sudo systemctl poweroff || true ;;
  esac
  wait_for 1800 machine_ended "$1" || return 1
  case $1 in
    gen1) start_first_generation ;;
    *) start_second_generation ;;
  esac
}

cloud_init_ended() { # cloud_init_ended <name>
  case $(on "$1" cloud-init status) in *'status: done'* | *'status: degraded'* | *'status: error'*) ;; *) return 1 ;; esac
}

# sshd goes away three times under whoever asks, as while cloud-init sets it up: not one question may be left without its answer.
answers_while_sshd_is_away() { # answers_while_sshd_is_away <name>
  local status=0
  on "$1" "sudo systemd-run --quiet --unit=suite-sshd-away sh -c 'for turn in 1 2 3; do systemctl stop ssh; sleep 4; systemctl start ssh; sleep 2; done'" || return 1
  while [ "$status" -eq 0 ]; do on "$1" systemctl is-active --quiet suite-sshd-away.service || status=$?; done
  # What systemctl answers for a unit that has ended, or that it does not know any more.
  [ "$status" -eq 3 ] || [ "$status" -eq 4 ]
}

# What the kernel reports beside being late: under QEMU without KVM, on a machine with other work, every timer of it may be.
late='MP-BIOS bug: 8254 timer|soft lockup|hard LOCKUP|rcu: |RCU |clocksource|blocked for more than|hung_task|workqueue lockup|timed? ?out|lost interrupt|too much work'
no_kernel_error() { # no_kernel_error <name>
  local harmless
  # shellcheck source=/dev/null
  harmless=$(. "$project/scripts/linux/checks/lis-14-boot-messages.sh" && printf %s "${HARMLESS:?}")
  on "$1" sudo journalctl -k -b -p 3 -q --no-pager -o cat >"$work/$1.errors" && ! grep -vE "$late|$harmless" "$work/$1.errors"
}

# Checks that failed, as in needs-fabric.txt. What the kernel reports is looked at line by line. How many pools there are without the daemon, none or one,
# is a race of the machine's own: cloud-init writes to its pool while the daemon that makes them starts and ends.
failed_checks() { # failed_checks <name>
  awk -F '\t' '$1 == "regild-check" && ($3 == "fail" || $3 == "error") && $2 != "lis-14-boot-messages" && $2 !~ /^suite-/ { sub(/^[01] of 5 pools/, "0 or 1 of 5 pools", $4); print $2 "\t" $4 }' "$work/$1.checks" | sort
}

test_machine() { # test_machine <name>
  local name=$1 before
  ok "$name: starts and lets the account of Azure in" on "$name" true
  [ -s "$work/$name.known" ] || return 0
  echo "# $name: ready after $SECONDS s"
  ok "$name: cloud-init ended" wait_for 1800 cloud_init_ended "$name"
  ok "$name: and is done" test "$(on "$name" cloud-init status)" = 'status: done'
  ok "$name: cloud-init took the account from Azure's DVD" on "$name" sudo grep -q 'Found provisioning metadata in /dev/sr0' /var/log/cloud-init.log
  ok "$name: it reported ready to the fabric" grep -qE '^POST /machine/?\?comp=health Ready' "$work/$name.fabric"
  ok "$name: it asked the metadata service" grep -q '^GET /metadata/instance' "$work/$name.fabric"
  ok "$name: the Azure agent runs and takes its goal state from the fabric" wait_for 1800 grep -q 'type=sharedConfig' "$work/$name.fabric"
  ok "$name: the host name is Azure's" test "$(on "$name" hostname)" = "$name"
  ok "$name: the kernel speaks on the serial console" grep -q 'Linux version' "$work/$name.serial"
  ok "$name: no kernel panic" not grep -q 'Kernel panic' "$work/$name.serial"
  host_keys "$name" >"$work/$name.keys" || true
  machine_id "$name" >"$work/$name.id" || true
  ok "$name: the host keys are not the ones of the AWS machine" no_common_key "$work/aws.hostkeys" "$work/$name.keys"
  ok "$name: the machine-id is not the one of the AWS machine" not grep -qx 0123456789abcdef0123456789abcdef "$work/$name.id"
  ok "$name: and one of them is what it answers with" grep -qxF "$(served_key "$name")" "$work/$name.keys"
  for user in ec2-user ssm-user packer root debian; do ok "$name: the AWS key of $user is refused" refused "$name" "$user" "$work/aws"; done
  ok "$name: no unit of AWS" lists_no "$name" 'amazon|aws|ec2|ssm|codedeploy' systemctl list-unit-files --no-legend --plain
  ok "$name: no process of AWS" lists_no "$name" 'amazon|/aws|ec2|ssm-' ps -eo args
  ok "$name: the root file system grew to the disk" test "$(on "$name" df --output=size -BM / | tail -n 1 | tr -dc 0-9)" -gt 7000
  ok "$name: systemd comes to rest" wait_for 1800 settled "$name"
  run_checks "$name" || true
  ok "$name: exactly the checks that need Hyper-V fail, as expected" diff <(sed '/^#/d' "$here/needs-fabric.txt" | cut -f 1,2) <(failed_checks "$name")
  ok "$name: the kernel reports no error but of being late" no_kernel_error "$name"
  ok "$name: every check answered" test "$(grep -c '^regild-check' "$work/$name.checks")" = "$(sed -n 's/^# regild-checks: //p' "$work/checks.sh" | wc -w)"
  ok "$name: so did the checks of the user" own_answered "$work/$name.checks"
  ok "$name: the record of the build is in the image" grep -qP '^regild-component\tamazon-ssm-agent\tremoved$' "$work/$name.checks"
  ok "$name: and what the checks of the user said before generalize" diff <(printf 'regild-built\t%s\n' $'suite-fails\tfail\tit ended with 1: seen' $'suite-passes\tpass\t') <(grep -P '^regild-built\tsuite-' "$work/$name.checks")
  ok "$name: the check of the restart fails before it" restart_check_says "$name" fail
  before=$(boot_id "$name") || before=''
  ok "$name: goes down" restart_machine "$name"
  ok "$name: starts again" wait_for 1800 started_anew "$name" "$before"
  ok "$name: comes to rest again" wait_for 1800 settled "$name"
  ok "$name: the check of the restart passes" restart_check_says "$name" pass
  ok "$name: and those of the user are asked again" own_answered "$work/$name.restarted"
  ok "$name: keeps its host keys" diff "$work/$name.keys" <(host_keys "$name")
  ok "$name: keeps its machine-id" diff "$work/$name.id" <(machine_id "$name")
}

start_machines() { open_network && start_first_generation && start_second_generation; }

test_boot() {
  [ -s "$work/aws.hostkeys" ] || { ok 'there is a disk to start from' false && return; }
  ssh-keygen -q -t ed25519 -N '' -C '' -f "$work/admin"
  ok 'the machines are started' start_machines
  test_machine gen1
  ok 'gen1: every question has its answer while sshd comes and goes' answers_while_sshd_is_away gen1
  ok 'gen1: started by BIOS' test "$(firmware_of gen1)" = bios
  ok 'gen1: the system is on the IDE disk' grep -q '^/dev/sda1$' <(on gen1 findmnt -n -o SOURCE /)
  test_machine gen2
  ok 'gen2: started by UEFI' test "$(firmware_of gen2)" = uefi
  ok 'gen2: Secure Boot is on' grep -q 1 <(on gen2 "od -An -t u1 -j 4 /sys/firmware/efi/efivars/SecureBoot-*")
  ok 'gen2: the system is on the NVMe disk' grep -q '^/dev/nvme0n1p1$' <(on gen2 findmnt -n -o SOURCE /)
  ok 'two machines from one image have different machine-ids' different "$(cat "$work/gen1.id" || true)" "$(cat "$work/gen2.id" || true)"
  ok 'two machines from one image share no host key' no_common_key "$work/gen1.keys" "$work/gen2.keys"
}
