# shellcheck shell=bash disable=SC2034,SC2154 # the parts that suite.sh sources share their variables
# A rendered Image Builder template, run customizer by customizer as the service does: by an account with sudo, each as a script of its own. Every
# kind of step is in it; Ansible, Puppet, apt, curl and the TLS of the vault are real, Chef is stood in for. Sourced by suite.sh.
secret="s3cret \"value\" \$HOME é"

# Runs with this machine's network, as the build of an image has one.
with_network() { guest_net='' inside env DEBIAN_FRONTEND=noninteractive "$@"; }

install_tools() {
  cp /etc/resolv.conf "$root/etc/resolv.conf"
  apt-config dump Acquire | grep -E '^Acquire::(Check|http::Proxy|https::Proxy)' >"$root/etc/apt/apt.conf.d/99suite" || true
  with_network apt-get -q update && with_network apt-get -q -y --no-install-recommends install ansible-core puppet-agent || return 1
  rm "$root/etc/apt/apt.conf.d/99suite"
  cp "$here/customize/chef-client" "$root/usr/bin/chef-client"
}

deb_package() { # deb_package <name> <version> — into the repository of $root
  mkdir -p "$work/deb/DEBIAN" "$root/srv/repo"
  printf '%s\n' "Package: $1" "Version: $2" 'Architecture: all' 'Maintainer: suite <suite@localhost>' 'Description: made for the test' >"$work/deb/DEBIAN/control"
  dpkg-deb --root-owner-group --build "$work/deb" "$root/srv/repo/$1_$2_all.deb" >/dev/null
}

# The only source of packages is a folder with one package to install and a newer version of one that is there.
local_repository() {
  deb_package regild-old 1.0
  inside dpkg -i /srv/repo/regild-old_1.0_all.deb || return 1
  deb_package regild-old 2.0
  deb_package regild-made 1.0
  (cd "$root/srv/repo" && for file in *.deb; do
    dpkg-deb --field "$file"
    printf '%s\n' "Filename: ./$file" "Size: $(stat -c %s "$file")" "SHA256: $(sha256sum "$file" | cut -d ' ' -f 1)" ''
  done >Packages)
  rm -rf "$root"/etc/apt/sources.list.d/* "$root"/var/lib/apt/lists/*
  echo 'deb [trusted=yes] file:/srv/repo ./' >"$root/etc/apt/sources.list"
}

# The account that the service logs in with, and the names of a build machine on Azure.
build_account() {
  inside useradd -m -s /bin/bash packer
  echo 'packer ALL=(ALL) NOPASSWD:ALL' >"$root/etc/sudoers.d/90-cloud-init-users"
  chmod 0440 "$root/etc/sudoers.d/90-cloud-init-users"
  printf '%s\n' "127.0.0.1 localhost $(hostname) kv-images.vault.azure.net" >"$root/etc/hosts"
}

start_cloud() {
  open_network
  for address in 169.254.169.254 168.63.129.16; do in_network ip address add "$address/32" dev lo; done
  openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj '/CN=suite' -addext 'subjectAltName=DNS:kv-images.vault.azure.net' -keyout "$work/vault.key" -out "$work/vault.crt" 2>/dev/null
  cat "$work/vault.crt" >>"$root/etc/ssl/certs/ca-certificates.crt"
  in_network "$node" "$here/customize/cloud.ts" "$work/vault.key" "$work/vault.crt" "$(sed -n 's/^      identity: //p' "$here/customize/images.yaml")" "$secret" >"$work/cloud.log" &
  wait_for 30 test -s "$work/cloud.log"
}

render_template() {
  (cd "$here/customize" && "$node" "$project/src/main.js" render --sandbox --out "$work/rendered") &&
    "$node" "$here/customize/write-customizers.ts" "$work/rendered/every-step/image-builder/template.json" "$root/srv/customizers"
}

run_customizers() {
  local script
  for script in "$root"/srv/customizers/*; do
    with_cloud runuser -u packer -- "/srv/customizers/${script##*/}" >>"$work/customize.log" 2>&1 </dev/null || {
      echo "customizer ${script##*/} failed: $(sed -n 2p "$script" | cut -c 1-100)" && tail -n 20 "$work/customize.log"
      return 1
    }
  done
}

# `inside`, in the network where the cloud of the test is.
with_cloud() { guest_net='' guest_enter="nsenter --target $network --net" inside "$@"; }

test_customize() {
  fresh customize
  ok 'customize: Ansible and Puppet' install_tools
  ok 'customize: packages to install and to update' local_repository
  build_account
  ok 'customize: a vault and a managed identity' start_cloud
  ok 'customize: the template' render_template
  ok 'customize: every customizer ends well' run_customizers
  ok 'customize: packages' inside dpkg-query -W regild-made
  ok 'customize: updates' test "$(inside dpkg-query -W regild-old | cut -f 2)" = 2.0
  ok 'customize: file' diff "$here/customize/files/motd" "$root/etc/motd"
  ok 'customize: file that is no text' cmp "$here/customize/files/bytes" "$root/srv/app/bytes"
  ok 'customize: shell' diff <(echo "héllo \$HOME 'quoted' EOF") "$root/etc/by-shell"
  ok 'customize: the step had the secret' test "$(cat "$root/var/lib/token-sum")" = "$(printf %s "$secret" | sha256sum | cut -d ' ' -f 1)"
  ok 'customize: which is in no file and no output' not grep -rqsF 's3cret' "$root/etc" "$root/var" "$root/opt" "$root/home" "$root/root" "$root/tmp" "$work/customize.log"
  ok 'customize: ansible' diff <(echo "it's \"quoted\" on Debian") "$root/etc/by-ansible"
  ok 'customize: puppet' diff <(echo 'on Debian') "$root/etc/by-puppet"
  ok 'customize: chef' diff <(echo 'by chef') "$root/etc/by-chef"
  ok "customize: the service's last script" with_cloud runuser -u packer -- sh /tmp/DeprovisioningScript.sh
  ok 'customize: the account of the build is gone' no_text '^packer:' /etc/passwd
  ok 'customize: the folder of the build is gone' absent /opt/regild
  ok 'customize: what the steps made is there' test -s "$root/etc/by-shell" -a -s "$root/etc/by-ansible" -a -s "$root/etc/by-puppet"
}
