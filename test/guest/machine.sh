# shellcheck shell=bash disable=SC2034,SC2154 # the parts that suite.sh sources share their variables
# Machines under QEMU without KVM: one as Azure's first generation (BIOS, IDE), one as its second (UEFI with Secure Boot, NVMe).
# Azure's side of a first boot is the DVD with ovf-env.xml and fabric.ts. Sourced by suite.sh.
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
  wait_for 300 has_own_network "$network" || return 1
  in_network ip link set lo up
}

has_own_network() { [ "$(readlink "/proc/$1/ns/net")" != "$(readlink /proc/self/ns/net)" ]; } # has_own_network <process>

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
declare -A ports=([gen1]=2201 [gen2]=2202) machines=()

start_machine() { # start_machine <name> <mac> <qemu options…>
  local name=$1 mac=$2 fabric
  shift 2
  rm -f "$work/$name.port" "$work/$name.known" "$work/$name.silent"
  provisioning_media "$name"
  # The identifier by which cloud-init knows a machine: the same after a stop and a start.
  [ -s "$work/$name.uuid" ] || cp /proc/sys/kernel/random/uuid "$work/$name.uuid"
  in_network "$node" "$here/fabric.ts" "$work/$name.fabric" "$name" "$admin" "$(cat "$work/admin.pub")" "$mac" >"$work/$name.port" &
  wait_for 300 test -s "$work/$name.port" || return 1
  fabric="-cmd:busybox nc 127.0.0.1 $(cat "$work/$name.port")"
  nsenter --target "$network" --net qemu-system-x86_64 -accel tcg,thread=multi -smp 2 -m 1536 -display none -serial "file:$work/$name.serial" -monitor none -uuid "$(cat "$work/$name.uuid")" \
    -smbios "type=3,asset=$asset_tag" -smbios "$firmware" -cpu qemu64,-hypervisor -device "virtio-net-pci,netdev=net,mac=$mac" \
    -netdev "user,id=net,ipv6=off,net=168.0.0.0/7,host=168.63.129.1,dhcpstart=168.63.129.100,dns=168.63.129.3,hostfwd=tcp:127.0.0.1:${ports[$name]}-:22,guestfwd=tcp:168.63.129.16:80$fabric,guestfwd=tcp:168.63.129.16:32526$fabric,guestfwd=tcp:169.254.169.254:80$fabric" \
    "$@" >"$work/$name.qemu" 2>&1 &
  machines[$name]=$!
}

start_first_generation() {
  [ -e "$work/gen1.qcow2" ] || qemu-img create -q -f qcow2 -F raw -b "$disk" "$work/gen1.qcow2" 8G
  start_machine gen1 00:0d:3a:00:00:01 -machine pc -no-reboot -drive "if=ide,index=0,file=$work/gen1.qcow2" -drive "if=ide,index=2,media=cdrom,file=$work/gen1.iso"
}

start_second_generation() {
  [ -e "$work/gen2.qcow2" ] || qemu-img create -q -f qcow2 -F raw -b "$disk" "$work/gen2.qcow2" 8G
  [ -e "$work/gen2.vars" ] || cp /usr/share/OVMF/OVMF_VARS_4M.ms.fd "$work/gen2.vars"
  start_machine gen2 00:0d:3a:00:00:02 -machine q35,smm=on -global driver=cfi.pflash01,property=secure,value=on \
    -drive if=pflash,format=raw,unit=0,readonly=on,file=/usr/share/OVMF/OVMF_CODE_4M.ms.fd -drive "if=pflash,format=raw,unit=1,file=$work/gen2.vars" \
    -drive "if=none,id=os,file=$work/gen2.qcow2" -device nvme,drive=os,serial=regild,bootindex=0 \
    -drive "if=none,id=dvd,media=cdrom,file=$work/gen2.iso" -device virtio-scsi-pci -device scsi-cd,drive=dvd
}
