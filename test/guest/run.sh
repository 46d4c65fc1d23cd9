#!/bin/bash
# Runs the real guest scripts in real root file systems and compares everything they leave behind.
# Needs root, mmdebstrap and a Debian mirror; without them it says so in one line and passes.
#   REGILD_GUEST_BASE   a tar file to keep the base system in between runs
#   REGILD_GUEST_WRITE  write expected-difference.txt instead of comparing with it
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
project=$(cd "$here/../.." && pwd)
packages=amazon-ec2-utils,amazon-ec2-net-utils,amazon-ecr-credential-helper,cloud-init,waagent,chrony,openssh-server,sudo,systemd-sysv,dbus,linux-image-cloud-amd64,initramfs-tools,hyperv-daemons,cloud-guest-utils,gdisk,procps,iproute2,curl,busybox,rpm,dnf

if [ "$(id -u)" -ne 0 ] || ! command -v mmdebstrap >/dev/null || ! command -v unshare >/dev/null; then
  echo 'skipped: test/guest needs root, mmdebstrap and unshare'
  exit 0
fi

work=$(mktemp -d)
mounted=()
finish() {
  for folder in "${mounted[@]}"; do umount -l "$folder" || true; done
  rm -rf --one-file-system "$work"
}
trap finish EXIT
passed=0 failed=0 skipped=0

ok() { # ok <what> <command…>
  local what=$1
  shift
  if "$@" >"$work/last.log" 2>&1; then
    passed=$((passed + 1))
    echo "ok - $what"
  else
    failed=$((failed + 1))
    echo "not ok - $what"
    tail -n 15 "$work/last.log" | sed 's/^/    /'
  fi
}
not() { ! "$@"; }

# --- root file systems ------------------------------------------------------------------------------------------------

make_base() {
  local tar=${REGILD_GUEST_BASE:-$work/base.tar} sources=() options=()
  if [ ! -s "$tar" ]; then
    for file in /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list; do
      if [ -s "$file" ]; then
        sources=("$file")
        break
      fi
    done
    while IFS= read -r line; do options+=("--aptopt=$line"); done < <(apt-config dump Acquire | grep -E '^Acquire::(Check|http::Proxy|https::Proxy)')
    mmdebstrap --quiet --variant=apt "${options[@]}" --include="$packages" bookworm "$tar" "${sources[@]}"
  fi
  mkdir -p "$work/base"
  tar -C "$work/base" -xf "$tar"
}

# A fresh copy of the base, with the scripts and their data in place, in $root.
fresh() {
  root=$work/$1
  mkdir -p "$root" "$work/$1.up" "$work/$1.work"
  if mount -t overlay overlay -o "lowerdir=$work/base,upperdir=$work/$1.up,workdir=$work/$1.work" "$root" 2>/dev/null; then
    mounted+=("$root")
  else
    rmdir "$root"
    cp -a "$work/base" "$root"
  fi
  mkdir -p "$root/opt/regild"
  cp "$project"/scripts/linux/*.sh "$work/tables/"*.tsv "$root/opt/regild/"
}

# Runs a command in the root as its only system: own names, processes, mounts and no network.
inside() {
  # shellcheck disable=SC2016 # expanded by the inner shell
  unshare --uts --mount --pid --ipc --net --fork sh -c '
    mount -t proc proc "$0/proc" && mount -t sysfs -o ro sysfs "$0/sys" && mount -t tmpfs tmpfs "$0/run"
    mount -t tmpfs tmpfs "$0/dev" && mkdir "$0/dev/shm"
    for device in null zero full random urandom tty; do : >"$0/dev/$device" && mount --bind "/dev/$device" "$0/dev/$device"; done
    ln -s /proc/self/fd "$0/dev/fd"
    exec chroot "$0" "$@"' "$root" "$@"
}

plant() {
  cp "$here/plant.sh" "$root/tmp/plant.sh"
  inside sh /tmp/plant.sh
  rm "$root/tmp/plant.sh"
}

# Every step before generalize, under one shell.
run_steps() {
  local shell=$1 step
  while IFS= read -r step; do
    [ "$step" != generalize.sh ] || continue
    # The fabric's endpoints cannot answer here: the checks are looked at one by one below.
    # shellcheck disable=SC2086 # a script with its arguments, a shell with its own
    inside $shell /opt/regild/$step >>"$work/$2.log" 2>&1 </dev/null || [ "$step" = 'checks.sh guest' ] || {
      echo "$step failed" && tail -n 20 "$work/$2.log"
      return 1
    }
  done <"$work/tables/steps.txt"
}

# path<TAB>everything about it, for every path but what changes by itself.
manifest() {
  (
    cd "$1"
    find . -xdev \( -path ./proc -o -path ./sys -o -path ./dev -o -path ./run -o -path ./opt/regild -o -path ./tmp -o -path ./var/cache -o -path ./var/lib/apt -o -path ./var/lib/dpkg -o -path ./var/lib/rpm -o -path ./var/log -o -name __pycache__ \) -prune \
      -o \( -type f -printf '%P\0' \) | LC_ALL=C sort -z | xargs -0 sha256sum | awk '{ sum = $1; sub(/^[^ ]+  /, ""); print $0 "\t" sum }' >"$work/sums"
    find . -xdev -mindepth 1 \( -path ./proc -o -path ./sys -o -path ./dev -o -path ./run -o -path ./opt/regild -o -path ./tmp -o -path ./var/cache -o -path ./var/lib/apt -o -path ./var/lib/dpkg -o -path ./var/lib/rpm -o -path ./var/log -o -name __pycache__ \) -prune \
      -o -printf '%P\t%y %m %U:%G %l\n' | LC_ALL=C sort >"$work/stats"
    awk -F '\t' 'NR == FNR { sum[$1] = $2; next } $1 != "" { print $1 "\t" $2 " " sum[$1] }' "$work/sums" "$work/stats"
  )
}

# + added, - gone, ~ changed; without the files of the packages that were removed on purpose.
difference() {
  cat "$work/base/var/lib/dpkg/info/"{amazon-ec2-utils,amazon-ec2-net-utils,amazon-ecr-credential-helper}.list | sed 's|^/||; s|^lib/|usr/lib/|' >"$work/owned"
  awk -F '\t' '
    FILENAME == ARGV[1] { owned[$1] = 1; next }
    FILENAME == ARGV[2] { before[$1] = $2; next }
    { after[$1] = 1; if (!($1 in before)) print "+ " $1; else if (before[$1] != $2) print "~ " $1 }
    END { for (path in before) if (!(path in after) && !(path in owned)) print "- " path }' "$work/owned" "$1" "$2" | LC_ALL=C sort -k 2
}

# --- the tests ----------------------------------------------------------------------------------------------------------

absent() { [ ! -e "$root$1" ] && [ ! -L "$root$1" ]; }
no_text() { ! grep -rqsE -e "$1" "$root$2"; }
text() { grep -qE -e "$1" "$root$2"; }
# What a check said last, by its id.
check_said() { grep -qP "^regild-check\t$1\t$2(\t|$)" "$work/checks.txt"; }
only_endpoints_fail() { [ "$(awk -F '\t' '$1 == "regild-check" && ($3 == "fail" || $3 == "error") { print $2 }' "$work/checks.txt")" = azl-23-platform-endpoints ]; }

workload='/etc/myapp /opt/myapp /etc/systemd/system/myapp.service /var/lib/myapp /etc/sudoers.d/myapp /etc/sysctl.d/50-myapp.conf /opt/aws-application-notes /usr/local/bin/aws-report'
workload_sums() { (cd "$root" && for path in $workload; do find ".$path" -type f -exec sha256sum {} + -exec stat -c '%a %u:%g %Y %n' {} +; done); }

test_whole_run() { # test_whole_run <name> <shell>
  local name=$1 shell=$2
  fresh "$name"
  plant
  workload_sums >"$work/$name.workload"
  ok "$name: every step ends well" run_steps "$shell" "$name"
  manifest "$root" >"$work/$name.first"
  ok "$name: every step again" run_steps "$shell" "$name"
  manifest "$root" >"$work/$name.second"
  ok "$name: the second run changed nothing" diff "$work/$name.first" "$work/$name.second"
  # shellcheck disable=SC2086 # a shell with its arguments
  inside $shell /opt/regild/checks.sh guest >"$work/checks.txt" 2>/dev/null || true
  ok "$name: only the fabric's endpoints fail the checks" only_endpoints_fail
  # shellcheck disable=SC2086
  ok "$name: generalize" inside env SUDO_USER=packer $shell /opt/regild/generalize.sh
  manifest "$root" >"$work/$name.final"
  workload_sums >"$work/$name.workload.after"
  ok "$name: the workload is untouched" diff "$work/$name.workload" "$work/$name.workload.after"
}

test_whole_difference() {
  manifest "$work/base" >"$work/base.manifest"
  difference "$work/base.manifest" "$work/dash.final" >"$work/difference.txt"
  if [ -n "${REGILD_GUEST_WRITE:-}" ]; then cp "$work/difference.txt" "$here/expected-difference.txt"; fi
  ok 'the image differs from a clean base in exactly what is expected' diff "$here/expected-difference.txt" "$work/difference.txt"
  ok 'bash leaves the same image as dash' diff "$work/dash.final" "$work/bash.final"
  ok 'busybox sh leaves the same image as dash' diff "$work/dash.final" "$work/busybox.final"
}

test_final_state() {
  root=$work/dash
  for path in /etc/amazon /opt/aws /snap/amazon-ssm-agent /etc/sudoers.d/ssm-agent-users /swap /root/.aws /root/.ssh/authorized_keys /home/ec2-user /home/packer /home/ssm-user /etc/ssh/ssh_host_rsa_key \
    /var/lib/cloud/instance /var/lib/waagent/ovf-env.xml /opt/regild /usr/bin/ec2-metadata /usr/lib/systemd/system/ssh.service.d/ec2-instance-connect.conf /etc/udev/rules.d/70-persistent-net.rules /etc/shadow- /root/.bash_history; do
    ok "gone: $path" absent "$path"
  done
  ok 'gone: AWS accounts and the build account' no_text '^(ec2-user|ssm-user|cwagent|packer):' /etc/passwd
  ok 'gone: sudo rules of the build account' no_text '^packer' /etc/sudoers.d
  ok 'gone: key ids and secrets' no_text 'AKIA|AWS_SECRET' /etc
  ok 'machine-id is there and empty' test -f "$root/etc/machine-id" -a ! -s "$root/etc/machine-id"
  ok 'no password is left' not grep -qE '^[^:]+:[^*!x]' "$root/etc/shadow"
  ok 'cloud-init looks for Azure' text '^datasource_list: \[ Azure \]' /etc/cloud/cloud.cfg.d/91-azure_datasource.cfg
  ok 'time: the host clock, not Amazon' text 'ptp_hyperv' /etc/chrony/conf.d/50-azure.conf
  ok 'time: no AWS server' no_text '169\.254\.169\.123|ptp_ena' /etc/chrony
  ok 'kernel arguments without AWS values' no_text 'resume=|4294967295' /etc/default/grub
  ok 'fstab: the data disk is optional' text '/srv ext4 defaults,nofail' /etc/fstab
  ok 'fstab: nothing of AWS' no_text 'nvme1n1|amazonaws|^/swap' /etc/fstab
  ok 'the hv-kvp daemon is not masked' absent /etc/systemd/system/hv-kvp-daemon.service
  ok 'the package database is healthy' inside dpkg --audit
}

test_leaks() {
  fresh leaks
  mkdir -p "$root/opt/myapp" "$root/home/dev/.ssh"
  echo 'key=AKIAQQQQWWWWEEEERRRR' >"$root/opt/myapp/settings.ini"
  printf '%s\n' '-----BEGIN OPENSSH PRIVATE KEY-----' 'c2VjcmV0' >"$root/etc/deploy.key"
  echo 'id AKIAIOSFODNN7EXAMPLE' >"$root/opt/myapp/manual.txt"
  inside sh /opt/regild/leak-scan.sh guest >"$work/leaks.txt" 2>&1 && status=0 || status=$?
  ok 'leak scan: findings fail the build' test "$status" -eq 1
  ok 'leak scan: names file, kind and the first eight characters' grep -qP '^regild-leak\tSL-04\tblock\t/opt/myapp/settings.ini\tAWS key id AKIAQQQQ$' "$work/leaks.txt"
  ok 'leak scan: finds a private key' grep -qP '^regild-leak\tSL-03\tblock\t/etc/deploy.key\t' "$work/leaks.txt"
  ok 'leak scan: never prints the secret' not grep -qE 'AKIAQQQQW|c2VjcmV0' "$work/leaks.txt"
  ok 'leak scan: leaves the examples of documentation alone' not grep -q manual.txt "$work/leaks.txt"
}

test_refusals() {
  fresh refusals
  mkdir -p "$root/etc/eks" && inside sh /opt/regild/inventory.sh before >"$work/refusal.txt" 2>&1 && status=0 || status=$?
  ok 'an EKS node is refused' test "$status" -eq 1
  ok 'and the reason names what was found' grep -q 'cannot be translated: .*path /etc/eks' "$work/refusal.txt"
  sed -i 's/^ID=.*/ID="amzn"/' "$root/usr/lib/os-release"
  inside sh /opt/regild/inventory.sh before >"$work/refusal.txt" 2>&1 && status=0 || status=$?
  ok 'Amazon Linux is refused' test "$status" -eq 1
  ok 'with what to take instead' grep -q 'Amazon Linux does not run on Azure: choose' "$work/refusal.txt"
}

# rpm <name> <version> [lines of the spec] — builds and installs a package in $root.
rpm_package() {
  {
    printf 'Name: %s\nVersion: %s\nRelease: 1\nSummary: made for the test\nLicense: Apache-2.0\nBuildArch: noarch\n%s\n%%description\ntest\n' "$1" "$2" "${3:-}"
    printf '%%install\nmkdir -p %%{buildroot}/usr/share/%s\necho x >%%{buildroot}/usr/share/%s/file\n%%files\n/usr/share/%s/file\n' "$1" "$1" "$1"
  } >"$root/tmp/$1.spec"
  inside sh -c "rpmbuild --quiet -bb --define '_topdir /tmp/rpm' /tmp/$1.spec && rpm -i --nodeps /tmp/rpm/RPMS/noarch/$1-*.rpm" >"$work/rpm.log" 2>&1 || cat "$work/rpm.log"
}

test_rpm() {
  fresh rpm
  printf '%s\n' 'NAME="Rocky Linux"' 'ID="rocky"' 'ID_LIKE="rhel centos fedora"' 'VERSION_ID="9.4"' >"$root/usr/lib/os-release"
  inside rpm --initdb
  rpm_package amazon-ssm-agent 3.3
  rpm_package rh-amazon-rhui-client 4.0
  rpm_package xray 3.3
  rpm_package customer-app 1.0 'Requires: xray'
  rpm_package customer-tool 1.0
  mkdir -p "$root/etc/yum.repos.d" "$root/etc/pki/rhui"
  printf '%s\n' '[rhui]' 'baseurl=https://rhui.REGION.aws.ce.redhat.com/x' >"$root/etc/yum.repos.d/redhat-rhui.repo"
  for phase in remove-aws configure; do ok "rpm: remove-aws $phase" inside sh /opt/regild/remove-aws.sh "$phase"; done
  inside rpm -qa --qf '%{NAME}\n' | sort >"$work/rpm.txt"
  ok 'rpm: AWS packages are gone, what needs another stays with it' diff <(printf '%s\n' customer-app customer-tool xray) "$work/rpm.txt"
  ok 'rpm: the report says what was left' grep -qP '^aws-xray-daemon\tleft\tpackage xray' "$root/opt/regild/report.tsv"
  ok 'rpm: the RHUI repository of AWS is gone' absent /etc/yum.repos.d/redhat-rhui.repo
  inside sh /opt/regild/checks.sh guest >"$work/checks.txt" 2>/dev/null || true
  ok 'rpm: no check ends in an error' not grep -qP '^regild-check\t[^\t]+\terror' "$work/checks.txt"
  ok 'rpm: the leftover fails its check' check_said azl-01-no-aws-components fail
}

mkdir -p "$work/tables"
"$project/node_modules/.bin/node" "$here/render-tables.ts" "$work/tables" aws-cli-v1=remove fstab-aws=remove cloudinit-default-user=remove
make_base
test_whole_run dash dash
test_whole_run bash bash
test_whole_run busybox 'busybox sh'
test_whole_difference
test_final_state
test_leaks
test_refusals
test_rpm
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
