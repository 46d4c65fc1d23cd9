#!/usr/bin/env bash
# A build VM as Packer meets it: an sshd in a root file system, the first process of its own names, which starts again after `shutdown -r now`.
#   machine.sh BASE FOLDER ADDRESS PUBLIC_KEY      BASE: an unpacked root file system; the machine's changes lie in FOLDER/upper, its own view in FOLDER/root
# Ends when it is killed. Needs root, and a network whose addresses hold ADDRESS; the network's end is the machine's.
set -euo pipefail
base=$1 folder=$2 address=$3 key=$4
root=$folder/root
mkdir -p "$root" "$folder/upper" "$folder/work"
mount -t overlay overlay -o "lowerdir=$base,upperdir=$folder/upper,workdir=$folder/work" "$root"

# As Azure provisions it: the account of the build with its key, which the agent notes where `waagent -deprovision+user` looks for it.
# `shutdown -r now` ends the first process, whose end is the machine's.
# shellcheck disable=SC2016 # expanded by the inner shell
chroot "$root" sh -euc '
  useradd -m -s /bin/bash packer
  install -d -m 0700 -o packer -g packer /home/packer/.ssh
  printf "%s\n" "$1" >/home/packer/.ssh/authorized_keys
  chown packer: /home/packer/.ssh/authorized_keys
  echo "packer ALL=(ALL) NOPASSWD: ALL" >/etc/sudoers.d/waagent
  chmod 0440 /etc/sudoers.d/waagent
  mkdir -p /var/lib/waagent
  echo "<x xmlns:wa=\"http://schemas.microsoft.com/windowsazure\"><UserName>packer</UserName></x>" >/var/lib/waagent/ovf-env.xml
  printf "%s\n" "127.0.0.1 localhost" "127.0.1.1 build" >/etc/hosts
  rm -f /usr/sbin/shutdown
  printf "%s\n" "#!/bin/sh" "kill -TERM 1" >/usr/sbin/shutdown
  chmod 0755 /usr/sbin/shutdown
  ssh-keygen -A >/dev/null' sh "$(cat "$key")"

while :; do
  # shellcheck disable=SC2016 # expanded by the inner shell
  unshare --uts --mount --pid --ipc --fork --kill-child sh -euc '
    mount -t proc proc "$0/proc"
    mount -t sysfs -o ro sysfs "$0/sys"
    mount -t tmpfs tmpfs "$0/run"
    mount -t tmpfs tmpfs "$0/dev"
    # The firmware is hidden, so that the result is the same on every machine that runs the suite.
    [ ! -d "$0/sys/firmware" ] || mount -t tmpfs tmpfs "$0/sys/firmware"
    mkdir -p "$0/dev/shm" "$0/dev/pts" "$0/run/sshd"
    mount -t devpts -o newinstance,ptmxmode=0666 devpts "$0/dev/pts"
    ln -s pts/ptmx "$0/dev/ptmx"
    ln -s /proc/self/fd "$0/dev/fd"
    for device in null zero full random urandom tty; do
      : >"$0/dev/$device"
      mount --bind "/dev/$device" "$0/dev/$device"
    done
    hostname build
    exec chroot "$0" /usr/sbin/sshd -D -e -o "ListenAddress=$1:22"' "$root" "$address" >>"$folder/sshd.log" 2>&1
  echo started again >>"$folder/restarts"
done
