# shellcheck shell=bash disable=SC2034,SC2154 # the parts that run.sh sources share their variables
# Two machines from one generalized disk, under QEMU without KVM: one as Azure's first generation (BIOS, IDE), one as its second
# (UEFI with Secure Boot, NVMe). Azure's side of a first boot is the DVD with ovf-env.xml and fabric.ts. Sourced by run.sh.
admin=azureadmin
asset_tag=7783-7084-3265-9085-8269-3286-77
# What Azure's firmware calls itself: systemd knows Hyper-V by it where the processor does not say so, and starts the agent. The product's
# name stays another: with Azure's, Linux leaves an IDE disk alone and waits for the same disk on Hyper-V's own bus.
firmware='type=1,manufacturer=Microsoft Corporation,product=Virtual PC,version=Hyper-V UEFI Release v4.1'
node=$project/node_modules/.bin/node


# A network of their own for the machines and all that speaks to them: only its loopback exists.
open_network() {
  unshare --net sleep infinity &
  network=$!
  children+=("$network")
  until [ "$(readlink "/proc/$network/ns/net")" != "$(readlink /proc/self/ns/net)" ]; do sleep 0.1; done
  in_network ip link set lo up
}

in_network() { nsenter --target "$network" --net "$@"; }

# The DVD that Azure inserts at the first boot: UDF, with the account and its key. The custom data adds the route to the fabric that Azure
# hands out with its DHCP answer and QEMU's DHCP server cannot.
provisioning_media() { # provisioning_media <name>
  mkdir -p "$work/$1.media"
  cat >"$work/$1.media/ovf-env.xml" <<XML
<?xml version="1.0" encoding="utf-8"?>
<Environment xmlns="http://schemas.dmtf.org/ovf/environment/1" xmlns:oe="http://schemas.dmtf.org/ovf/environment/1" xmlns:wa="http://schemas.microsoft.com/windowsazure" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<wa:ProvisioningSection><wa:Version>1.0</wa:Version><LinuxProvisioningConfigurationSet xmlns="http://schemas.microsoft.com/windowsazure"><ConfigurationSetType>LinuxProvisioningConfiguration</ConfigurationSetType>
<HostName>$1</HostName><UserName>$admin</UserName><CustomData>$(printf '%s\n' '#cloud-config' 'bootcmd:' '  - [ip, route, replace, 168.63.129.16/32, dev, eth0]' | base64 -w 0)</CustomData><DisableSshPasswordAuthentication>true</DisableSshPasswordAuthentication>
<SSH><PublicKeys><PublicKey><Fingerprint>EB0C0AB4B2D5FC35F2F0658D19F44C8283E2DD62</Fingerprint><Path>/home/$admin/.ssh/authorized_keys</Path><Value>$(cat "$work/admin.pub")</Value></PublicKey></PublicKeys></SSH></LinuxProvisioningConfigurationSet></wa:ProvisioningSection>
<wa:PlatformSettingsSection><wa:Version>1.0</wa:Version><PlatformSettings xmlns="http://schemas.microsoft.com/windowsazure"><KmsServerHostname>azkms.core.windows.net</KmsServerHostname><ProvisionGuestAgent>true</ProvisionGuestAgent><GuestAgentPackageName xsi:nil="true"/><RetainWindowsPEPassInUnattend>true</RetainWindowsPEPassInUnattend><PreprovisionedVm>false</PreprovisionedVm></PlatformSettings></wa:PlatformSettingsSection></Environment>
XML
  genisoimage -quiet -udf -V rd_rdfe_stable.1 -o "$work/$1.iso" "$work/$1.media"
}

# Ports of the network above, where nobody else can have them.
declare -A ports=([gen1]=2201 [gen2]=2202)

start_machine() { # start_machine <name> <mac> <qemu options…>
  local name=$1 mac=$2 fabric
  shift 2
  provisioning_media "$name"
  nsenter --target "$network" --net "$node" "$here/fabric.ts" "$work/$name.fabric" "$name" "$admin" "$(cat "$work/admin.pub")" "$mac" >"$work/$name.port" &
  children+=($!)
  until [ -s "$work/$name.port" ]; do sleep 0.1; done
  fabric="-cmd:busybox nc 127.0.0.1 $(cat "$work/$name.port")"
  nsenter --target "$network" --net qemu-system-x86_64 -accel tcg,thread=multi -smp 2 -m 1536 -display none -serial "file:$work/$name.serial" -monitor none -uuid "$(cat /proc/sys/kernel/random/uuid)" \
    -smbios "type=3,asset=$asset_tag" -smbios "$firmware" -cpu qemu64,-hypervisor -device "virtio-net-pci,netdev=net,mac=$mac" \
    -netdev "user,id=net,ipv6=off,net=168.0.0.0/7,host=168.63.129.1,dhcpstart=168.63.129.100,dns=168.63.129.3,hostfwd=tcp:127.0.0.1:${ports[$name]}-:22,guestfwd=tcp:168.63.129.16:80$fabric,guestfwd=tcp:168.63.129.16:32526$fabric,guestfwd=tcp:169.254.169.254:80$fabric" \
    "$@" >"$work/$name.qemu" 2>&1 &
  children+=($!)
}

start_first_generation() {
  qemu-img create -q -f qcow2 -F raw -b "$disk" "$work/gen1.qcow2"
  start_machine gen1 00:0d:3a:00:00:01 -machine pc -drive "if=ide,index=0,file=$work/gen1.qcow2" -drive "if=ide,index=2,media=cdrom,file=$work/gen1.iso"
}

start_second_generation() {
  qemu-img create -q -f qcow2 -F raw -b "$disk" "$work/gen2.qcow2"
  cp /usr/share/OVMF/OVMF_VARS_4M.ms.fd "$work/gen2.vars"
  start_machine gen2 00:0d:3a:00:00:02 -machine q35,smm=on -global driver=cfi.pflash01,property=secure,value=on \
    -drive if=pflash,format=raw,unit=0,readonly=on,file=/usr/share/OVMF/OVMF_CODE_4M.ms.fd -drive "if=pflash,format=raw,unit=1,file=$work/gen2.vars" \
    -drive "if=none,id=os,file=$work/gen2.qcow2" -device nvme,drive=os,serial=regild,bootindex=0 \
    -drive "if=none,id=dvd,media=cdrom,file=$work/gen2.iso" -device virtio-scsi-pci -device scsi-cd,drive=dvd
}

log_in() { # log_in <name> <user> <key> <command…>
  local name=$1 user=$2 key=$3
  shift 3
  in_network ssh -n -p "${ports[$name]}" -i "$key" -o IdentitiesOnly=yes -o IdentityAgent=none -o BatchMode=yes -o ConnectTimeout=20 -o ServerAliveInterval=10 -o ServerAliveCountMax=6 -o StrictHostKeyChecking=no \
    -o "UserKnownHostsFile=$work/$name.known" -o LogLevel=ERROR "$user@127.0.0.1" "$@"
}

on() { # on <name> <command…> — as the account that Azure made
  local name=$1
  shift
  log_in "$name" "$admin" "$work/admin" "$@"
}

refused() { # refused <name> <user> — with the key that was good on AWS
  local answer
  answer=$(log_in "$1" "$2" "$work/aws" true 2>&1) && return 1
  case $answer in *'Permission denied'*) ;; *) echo "$answer" && return 1 ;; esac
}

host_keys() { in_network ssh-keyscan -p "${ports[$1]}" 127.0.0.1 2>/dev/null | awk '{ print $2, $3 }' | sort; }
machine_id() { on "$1" cat /etc/machine-id; }
boot_id() { on "$1" cat /proc/sys/kernel/random/boot_id; }
started_anew() { [ -n "$(boot_id "$1")" ] && [ "$(boot_id "$1")" != "$2" ]; }
different() { [ -n "$1" ] && [ -n "$2" ] && [ "$1" != "$2" ]; }
new_host_keys() { [ "$(wc -l <"$work/$1.keys")" -ge 3 ] && ! grep -qFf <(cut -d ' ' -f 2 "$work/aws.hostkeys") "$work/$1.keys"; }

run_checks() { # run_checks <name>
  "$node" "$here/render-checks.ts" "$work/tables/components.tsv" "$(awk '$1 == "plan" { print $2 }' "$work/tables/provenance.tsv")" >"$work/checks.sh"
  in_network ssh -p "${ports[$1]}" -i "$work/admin" -o IdentitiesOnly=yes -o BatchMode=yes -o StrictHostKeyChecking=no -o "UserKnownHostsFile=$work/$1.known" -o LogLevel=ERROR \
    "$admin@127.0.0.1" sudo sh -s <"$work/checks.sh" >"$work/$1.checks"
}

test_machine() { # test_machine <name>
  local name=$1 before
  ok "$name: starts and lets the account of Azure in" wait_for 900 on "$name" true
  echo "# $name: ready after $SECONDS s"
  ok "$name: cloud-init ended" on "$name" sudo timeout 600 cloud-init status --wait
  ok "$name: cloud-init took the account from Azure's DVD" on "$name" sudo grep -q 'Found provisioning metadata in /dev/sr0' /var/log/cloud-init.log
  ok "$name: it reported ready to the fabric" grep -qE '^POST /machine/?\?comp=health Ready' "$work/$name.fabric"
  ok "$name: it asked the metadata service" grep -q '^GET /metadata/instance' "$work/$name.fabric"
  ok "$name: the Azure agent runs and takes its goal state from the fabric" wait_for 600 grep -q 'type=sharedConfig' "$work/$name.fabric"
  ok "$name: the host name is Azure's" test "$(on "$name" hostname)" = "$name"
  ok "$name: the kernel speaks on the serial console" grep -q 'Linux version' "$work/$name.serial"
  ok "$name: no kernel panic" not grep -q 'Kernel panic' "$work/$name.serial"
  host_keys "$name" >"$work/$name.keys"
  machine_id "$name" >"$work/$name.id"
  ok "$name: the host keys are not the ones of the AWS machine" new_host_keys "$name"
  ok "$name: the machine-id is not the one of the AWS machine" not grep -qx 0123456789abcdef0123456789abcdef "$work/$name.id"
  for user in ec2-user ssm-user packer root debian; do ok "$name: the AWS key of $user is refused" refused "$name" "$user"; done
  ok "$name: no unit of AWS" not grep -qiE 'amazon|aws|ec2|ssm|codedeploy' <(on "$name" systemctl list-unit-files --no-legend --plain)
  ok "$name: no process of AWS" not grep -qiE 'amazon|/aws|ec2|ssm-' <(on "$name" ps -eo args)
  ok "$name: the root file system grew to the disk" test "$(on "$name" df --output=size -BM / | tail -n 1 | tr -dc 0-9)" -gt 5000
  run_checks "$name" || true
  ok "$name: exactly the checks that need Hyper-V fail, as expected" diff <(sed '/^#/d' "$here/needs-fabric.txt" | cut -f 1,2) <(awk -F '\t' '$1 == "regild-check" && ($3 == "fail" || $3 == "error") { print $2 "\t" $4 }' "$work/$name.checks" | sort)
  ok "$name: every check answered" test "$(grep -c '^regild-check' "$work/$name.checks")" = "$(sed -n 's/^# regild-checks: //p' "$work/checks.sh" | wc -w)"
  ok "$name: the record of the build is in the image" grep -qP '^regild-component\tamazon-ssm-agent\tremoved$' "$work/$name.checks"
  before=$(boot_id "$name")
  on "$name" sudo systemctl reboot || true
  ok "$name: starts again" wait_for 600 started_anew "$name" "$before"
  ok "$name: keeps its host keys" diff "$work/$name.keys" <(host_keys "$name")
  ok "$name: keeps its machine-id" diff "$work/$name.id" <(machine_id "$name")
}

test_boot() {
  [ -s "$work/aws.hostkeys" ] || { ok 'there is a disk to start from' false && return; }
  ssh-keygen -q -t ed25519 -N '' -C '' -f "$work/admin"
  open_network
  start_first_generation
  start_second_generation
  test_machine gen1
  ok 'gen1: started by BIOS' not on gen1 test -d /sys/firmware/efi
  ok 'gen1: the system is on the IDE disk' grep -q '^/dev/sda1$' <(on gen1 findmnt -n -o SOURCE /)
  test_machine gen2
  ok 'gen2: started by UEFI' on gen2 test -d /sys/firmware/efi
  ok 'gen2: Secure Boot is on' grep -q 1 <(on gen2 "od -An -t u1 -j 4 /sys/firmware/efi/efivars/SecureBoot-*")
  ok 'gen2: the system is on the NVMe disk' grep -q '^/dev/nvme0n1p1$' <(on gen2 findmnt -n -o SOURCE /)
  ok 'two machines from one image have different machine-ids' different "$(cat "$work/gen1.id")" "$(cat "$work/gen2.id")"
  ok 'two machines from one image share no host key' not grep -qFf <(cut -d ' ' -f 2 "$work/gen1.keys") "$work/gen2.keys"
}
