# shellcheck shell=bash disable=SC2034,SC2154 # the parts that suite.sh sources share their variables
# The guest scripts in root file systems: the whole difference they make, under three shells, twice. Sourced by suite.sh.

# path<TAB>everything about it, for every path but what changes by itself.
manifest() {
  (
    cd "$1" || exit
    find . -xdev \( -path ./proc -o -path ./sys -o -path ./dev -o -path ./run -o -path ./opt/regild -o -path ./tmp -o -path ./var/cache -o -path ./var/lib/apt -o -path ./var/lib/dpkg -o -path ./var/lib/rpm -o -path ./var/log -o -name __pycache__ \) -prune \
      -o \( -type f -printf '%P\0' \) | LC_ALL=C sort -z | xargs -0 sha256sum | awk '{ sum = $1; sub(/^[^ ]+  /, ""); print $0 "\t" sum }' >"$work/sums"
    find . -xdev -mindepth 1 \( -path ./proc -o -path ./sys -o -path ./dev -o -path ./run -o -path ./opt/regild -o -path ./tmp -o -path ./var/cache -o -path ./var/lib/apt -o -path ./var/lib/dpkg -o -path ./var/lib/rpm -o -path ./var/log -o -name __pycache__ \) -prune \
      -o -printf '%P\t%y %m %U:%G %l\n' | LC_ALL=C sort >"$work/stats"
    awk -F '\t' 'NR == FNR { sum[$1] = $2; next } $1 != "" { print $1 "\t" $2 " " sum[$1] }' "$work/sums" "$work/stats"
  )
}

# + added, - gone, ~ changed; without the files of the packages that were removed on purpose.
difference() {
  cat "$work/base/var/lib/dpkg/info/"{amazon-ec2-utils,amazon-ec2-net-utils,amazon-ecr-credential-helper,awscli}.list | sed 's|^/||; s|^lib/|usr/lib/|' >"$work/owned"
  awk -F '\t' '
    FILENAME == ARGV[1] { owned[$1] = 1; next }
    FILENAME == ARGV[2] { before[$1] = $2; next }
    { after[$1] = 1; if (!($1 in before)) print "+ " $1; else if (before[$1] != $2) print "~ " $1 }
    END { for (path in before) if (!(path in after) && !(path in owned)) print "- " path }' "$work/owned" "$1" "$2" | LC_ALL=C sort -k 2
}

only_endpoints_fail() { [ "$(failing "$work/checks.txt")" = azl-23-platform-endpoints ]; }

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

# The manifest answers for what is found (answers.tsv); what it answers for stays visible.
test_allowed_leaks() {
  printf 'S[LW]-*\t/opt/myapp/*\ttest data\nSL-03\t/etc/deploy.*\ttest key\nSL-03\t/etc/machine-id\tanother rule\n' >"$root/opt/regild/answers.tsv"
  ok 'leak scan: findings that the manifest answers for pass' inside sh /opt/regild/leak-scan.sh guest
  inside sh /opt/regild/leak-scan.sh guest >"$work/leaks.txt" 2>&1
  ok 'leak scan: and are listed' diff <(printf '%s\n' $'regild-leak\tSL-03\tallowed\t/etc/deploy.key\tprivate key' $'regild-leak\tSL-04\tallowed\t/opt/myapp/settings.ini\tAWS key id AKIAQQQQ') "$work/leaks.txt"
  echo 0123456789abcdef0123456789abcdef >"$root/etc/machine-id"
  inside sh /opt/regild/leak-scan.sh final >"$work/leaks.txt" 2>&1 || true
  ok 'leak scan: an answer for one rule is none for another' grep -qP '^regild-leak\tSL-09\tblock\t/etc/machine-id\t' "$work/leaks.txt"
  inside sh /opt/regild/inventory.sh before >/dev/null 2>&1
  inside sh /opt/regild/inventory.sh after >/dev/null 2>&1
  ok 'leak scan: the record says what was let pass' inside sh /opt/regild/record.sh
  ok 'leak scan: and for what reason' text $'^answer\tSL-03\t/etc/deploy[.][*]\ttest key$' /var/lib/regild/translation.tsv
  ok 'leak scan: with path and kind' text $'^leak\tSL-03\tallowed\t/etc/deploy.key\tprivate key$' /var/lib/regild/translation.tsv
}

test_accounts() {
  fresh accounts
  inside useradd -m -s /bin/bash -u 1001 dev
  inside useradd -M -s /usr/sbin/nologin -u 1002 service
  inside sh /opt/regild/leak-scan.sh guest >"$work/accounts.guest" 2>&1 || true
  ok 'leak scan: an account is said to stay before capture' grep -qP '^regild-leak\tSL-15\twarn\taccount dev\tstays in the image$' "$work/accounts.guest"
  inside sh /opt/regild/leak-scan.sh final >"$work/accounts.txt" 2>&1 && status=0 || status=$?
  ok 'leak scan: and after it' grep -qP '^regild-leak\tSL-15\twarn\taccount dev\t' "$work/accounts.txt"
  ok 'leak scan: an account without a shell is none of its business' not grep -q 'account service' "$work/accounts.txt"
}

refused_family() { # refused_family <what> <family> <reason>
  echo "REGILD_FAMILY=$2" >"$root/opt/regild/guest.env"
  inside sh /opt/regild/inventory.sh before >"$work/refusal.txt" 2>&1 && status=0 || status=$?
  ok "$1 is refused" test "$status" -eq 1
  ok "$1: the reason is said" grep -q "$3" "$work/refusal.txt"
}

test_refusals() {
  fresh refusals
  # shellcheck disable=SC2016 # expanded by the inner shell
  ok 'a guest has a folder for temporary files of its own, whatever TMPDIR of the suite is' inside sh -c 'test -z "${TMPDIR:-}" && mktemp && test -n "$0"' "$TMPDIR"
  refused_family 'a system that the plan gives no family' '' 'nothing says of which family this system is'
  refused_family 'a family that no script changes' none "no guest script changes a system of the family 'none'"
}

test_rootfs() {
  test_whole_run dash dash
  test_whole_run bash bash
  test_whole_run busybox 'busybox sh'
  test_whole_difference
  test_final_state
  test_leaks
  test_allowed_leaks
  test_accounts
  test_refusals
}
