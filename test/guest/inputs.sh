# shellcheck shell=bash disable=SC2034,SC2154 # the parts that run.sh sources share their variables
# Inputs of people who did this job (inputs/), each in a system of its own as it was found, and what must be said of it. Sourced by run.sh.

# One line for each input: the file, then what is asked, and the answers that must come, in patterns of Perl. `check` is a check before capture,
# `leak` a line of the leak scan before capture, `after` a path or text that generalize leaves (`+`) or takes (`-`).
input_table() {
  cat <<'TABLE'
B01/plant	check	azl-31-first-boot-network	fail	[^\t]*99-disable-network-config.cfg: cloud-init must not describe[^\t]*
B01/sibling-installer	check	azl-31-first-boot-network	fail	[^\t]*subiquity-disable-cloudinit-networking.cfg[^\t]*
B01/sibling-installer	check	azl-32-network-cards	fail	enp39s0 in /etc/netplan/00-installer-config.yaml *
B01/sibling-keyfile	check	azl-32-network-cards	fail	ens5 in [^\t]*
B01/sibling-resolved	check	azl-33-resolver	fail	10.0.0.2 in /etc/systemd/resolved.conf.d/vpc.conf[^\t]*
B01/sibling-static	check	azl-31-first-boot-network	fail	a fixed address: /etc/netplan/01-static.yaml *
B01/sibling-static	check	azl-33-resolver	fail	10.0.0.2 in /etc/netplan/01-static.yaml *
B02/plant	check	azl-35-administrator-login	fail	sshd: allowusers ec2-user[^\t]*
B02/sibling-groups	check	azl-35-administrator-login	fail	sshd: allowgroups sshusers[^\t]*
B02/sibling-pam	check	azl-35-administrator-login	fail	pam_access: [^\t]*
B02/sibling-port	check	azl-36-ssh-port	fail	sshd listens on port 2222 alone
B03/plant	leak	SL-17	warn	/opt/CrowdStrike/falconstore	CrowdStrike Falcon sensor: falconctl -d -f --aid[^\t]*
B05/plant	leak	SL-15	warn	account agent	stays in the image
B05/plant	leak	SL-01	warn	/home/agent/.ssh/authorized_keys	authorized key, deleted before capture
B05/plant	after	-	/home/agent/.ssh/authorized_keys
B05/plant	after	+	/home/agent/work
B05/control-nologin	no-leak	account appsvc
B05/sibling-ec2-user	leak	SL-15	warn	account ec2-user	stays in the image: app.service runs as it
B05/sibling-ec2-user	after	+	/home/ec2-user/app/run
B05/sibling-ec2-user	after	+	/var/spool/cron/crontabs/ec2-user
B08/plant	after	-	/etc/fstab:cloudconfig
B20/plant	check	azl-02-aws-callers	fail	[^\t]*aws-words-in-config[^\t]*
TABLE
}

inputs_of() { (cd "$here/inputs" && find . -name '*.sh' | sed 's|^\./||; s|\.sh$||' | sort); }

# A system with an input. Packages of AWS would stop a generalize.
plant_input() { # plant_input <input>
  fresh "input-${1//\//-}"
  [ -z "$(asked_of "$1" after)" ] || inside dpkg --purge amazon-ec2-utils amazon-ec2-net-utils amazon-ecr-credential-helper awscli >"$work/purge.log" 2>&1
  inside ssh-keygen -A >/dev/null
  cp "$here/inputs/$1.sh" "$root/tmp/input.sh"
  inside sh /tmp/input.sh
  rm "$root/tmp/input.sh"
}

# What is there, or which file has which text: `path` or `path:text`.
is_there() {
  case $1 in
    *:*) grep -qF "${1#*:}" "$root${1%%:*}" ;;
    *) [ -e "$root$1" ] ;;
  esac
}

asked_of() { input_table | awk -F '\t' -v input="$1" -v kind="$2" '$1 == input && $2 == kind' | cut -f 3-; }

test_input() { # test_input <input>
  local input=$1 line ids
  plant_input "$input"
  ids=$(asked_of "$input" check | cut -f 1 | tr '\n' ' ')
  # shellcheck disable=SC2086 # ids are words
  [ -z "$ids" ] || checks_here $ids
  while IFS= read -r line; do
    ok "$input: ${line%%$'\t'*} says it" grep -qP "^regild-check\t$line\$" "$work/checks.txt"
  done < <(asked_of "$input" check)
  inside sh /opt/regild/remove-aws.sh generalize >"$work/remove.log" 2>&1
  ok "$input: the leak scan does not stop the build" scan_here guest
  while IFS= read -r line; do
    ok "$input: the leak scan says $(printf '%s' "$line" | tr '\t' ' ')" grep -qP "^regild-leak\t$line\$" "$work/leaks.txt"
  done < <(asked_of "$input" leak)
  while IFS= read -r line; do
    ok "$input: nothing is said of $line" not grep -qF "$line" "$work/leaks.txt"
  done < <(asked_of "$input" no-leak)
  [ -z "$(asked_of "$input" after)" ] || after_input "$input"
}

after_input() {
  local sign path
  printf '%s\n' '#!/bin/sh' 'exit 0' >"$root/usr/sbin/waagent"
  ok "$1: generalize ends well" inside sh /opt/regild/generalize.sh
  while IFS=$'\t' read -r sign path; do
    if [ "$sign" = + ]; then ok "$1: stays: $path" is_there "$path"; else ok "$1: goes: $path" not is_there "$path"; fi
  done < <(asked_of "$1" after)
}

inputs_below() { # inputs_below <folder>
  local input
  while IFS= read -r input; do test_input "$input"; done < <(inputs_of | grep "^$1/")
}

test_inputs_b01() { inputs_below B01; }
test_inputs_b02() { inputs_below B02; }
test_inputs_b03() { inputs_below B03; }
test_inputs_b05() { inputs_below B05; }
test_inputs_b08() { inputs_below B08; }
test_inputs_b20() { inputs_below B20; }

test_inputs() {
  ok 'inputs: each is run' diff <(inputs_of | cut -d / -f 1 | sort -u) <(declare -F | sed -n 's/.* test_inputs_b/B/p' | sort)
  ok 'inputs: each has an expectation, and each expectation an input' diff <(inputs_of) <(input_table | cut -f 1 | sort -u)
  side_by_side test_inputs_b01 test_inputs_b02 test_inputs_b05
  side_by_side test_inputs_b03 test_inputs_b08 test_inputs_b20
}
