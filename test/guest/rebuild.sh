# shellcheck shell=bash disable=SC2034,SC2154 # the parts that suite.sh sources share their variables
# A build on a machine that runs, as Packer makes it: every step and generalize over SSH with the account that Azure made, which generalize
# deletes under the session. Then the same disk starts as another machine. Needs the part boot. Sourced by suite.sh.

deliver_by_ssh() {
  mkdir -p "$work/delivery"
  deliver "$work/delivery"
  tar -C "$work/delivery" -cf "$work/delivery.tar" opt/regild && session "$work/delivery.tar" gen1 "$admin" "$work/admin" sudo tar --no-same-owner -C / -xf -
}

run_steps_by_ssh() {
  local step
  while IFS= read -r step; do
    [ "$step" != generalize.sh ] || continue
    # Without Hyper-V some of the checks must fail: they are looked at one by one in the part boot.
    on gen1 sudo sh "/opt/regild/$step" >>"$work/rebuild.log" 2>&1 || [ "$step" = 'checks.sh guest' ] || {
      echo "$step failed" && tail -n 20 "$work/rebuild.log"
      return 1
    }
  done <"$work/tables/steps.txt"
}

test_rebuild() {
  [ -s "$work/gen1.id" ] || { ok 'there is a machine to build on' false && return; }
  # One machine at a time is quicker.
  kill "${machines[gen2]}" || true
  ok 'rebuild: the scripts arrive' deliver_by_ssh
  ok 'rebuild: every step ends well' run_steps_by_ssh
  ok 'rebuild: generalize' on gen1 sudo sh /opt/regild/generalize.sh
  # Without host keys sshd answers nobody.
  ok 'rebuild: nobody gets in any more' unreachable 20 gen1
  kill "${machines[gen1]}"
  ok 'rebuild: the machine is off' wait_for 600 machine_ended gen1
  admin=second
  rm "$work/gen1.uuid"
  start_first_generation
  ok 'rebuild: the disk starts as another machine' on gen1 true
  ok 'rebuild: with a machine-id of its own' different "$(cat "$work/gen1.id")" "$(machine_id gen1)"
  host_keys gen1 >"$work/rebuild.keys" || true
  ok 'rebuild: with host keys of its own' no_common_key "$work/gen1.keys" "$work/rebuild.keys"
  ok 'rebuild: the account of the build is refused there too' refused gen1 azureadmin "$work/admin"
  ok 'rebuild: nothing of the build is left' test "$(on gen1 'ls /opt /home' | tr '\n' ' ')" = '/home: second  /opt: aws-application-notes myapp '
}
