# shellcheck shell=bash disable=SC2034,SC2154 # the parts that suite.sh sources share their variables
# The whole circle: a root file system as a company makes a golden AMI of it becomes a disk, the embedded EBS serves it, regild reads it and proposes what
# carries it over, the proposal is built on a clean base, and the result is compared with the AMI. Needs customize.sh, rpm.sh and azure-base.sh. Sourced by suite.sh.

# A snapshot of the sandbox's billing-appliance-final2; and what must never travel, made up.
golden_snapshot=snap-02d2316acf89f7e60
planted_secret='AKIAQQQQWWWWEEEERRRR|abcdefghijABCDEFGHIJ0123456789|c2VjcmV0LWtleS1vZi10aGUtc2hvcA'

regild() { (
  # shellcheck source=/dev/null
  . "$work/environment" && cd "$work/recipe" && "$node" "$project/src/main.js" "$@"
); }

# A GPT disk with $root as its only file system, as a volume of EC2 has it.
make_golden_disk() {
  truncate -s 4G "$work/golden.img"
  sgdisk --new=1:2048:0 --typecode=1:8304 "$work/golden.img" >/dev/null
  mkfs.ext4 -q -E offset=1048576 -L cloudimg-rootfs -d "$root" "$work/golden.img" 4190000k
}

start_world() {
  "$node" "$here/golden/world.ts" "$work" "$golden_snapshot" "$work/golden.img" >"$work/world.log" 2>&1 &
  wait_for 60 test -s "$work/world.log"
}

# What the AMI holds, and the manifest with what carries it over. Twice is once.
propose_golden() {
  mkdir -p "$work/recipe" && cat "$here/golden/images.yaml" "$work/answers.yaml" >"$work/recipe/images.yaml"
  regild inspect golden --json >"$work/ami.json" && regild inspect golden --write golden "$@" >"$work/proposal.txt" || return 1
  cat "$work/proposal.txt"
}

proposed_twice() {
  cp "$work/recipe/images.yaml" "$work/images.first"
  regild inspect golden --write golden "$@" && diff "$work/images.first" "$work/recipe/images.yaml"
}

render_golden() {
  regild render golden --out "$work/rendered" && "$node" "$here/customize/write-customizers.ts" "$work/rendered/golden/image-builder/template.json" "$root/srv/customizers"
}

# The build's own account and scripts are no part of an image.
tell_image() {
  rm -rf "$root/srv/customizers"
  cp "$project/scripts/linux/inventory-lines.sh" "$root/tmp/"
  inside env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin sh /tmp/inventory-lines.sh >"$work/image.tsv" && rm "$root/tmp/inventory-lines.sh"
}

without_secret() { ! grep -rlE "$planted_secret" "$@"; } # without_secret <path…>

# golden_circle <name> — from $root, the AMI's, to the image of `clean_<name>`; the rest of the arguments says where it goes, answers.yaml what the owner
# answers.
golden_circle() {
  local name=$1
  shift
  ok "$name: the root file system is a disk" make_golden_disk
  ok "$name: the embedded EBS serves it" start_world
  ok "$name: regild reads it and writes the proposal" propose_golden "$@"
  ok "$name: a second time adds nothing" proposed_twice "$@"
  ok "$name: no secret is in the manifest or its files" without_secret "$work/recipe" "$work/ami.json" "$work/proposal.txt"
  "clean_$name"
  build_account
  echo '127.0.0.1 packages.example.com' >>"$root/etc/hosts"
  ok "$name: the template" render_golden
  ok "$name: no secret is in the template" without_secret "$work/rendered"
  ok "$name: every customizer ends well" run_customizers
  ok "$name: the service's last script" with_cloud runuser -u packer -- sh /tmp/DeprovisioningScript.sh
  ok "$name: the image tells what it holds" tell_image
  ok "$name: nothing is lost, and nothing of AWS arrived" "$node" "$here/golden/judge.ts" "$work/ami.json" "$work/image.tsv" "$work/recipe/images.yaml" "$root"
  ok "$name: no secret travelled" without_secret "$work/customize.log" "$root/etc" "$root/opt" "$root/srv" "$root/usr/local" "$root/home" "$root/root" "$root/var/lib" "$root/var/log"
}

# A company's repository with what Debian's has for the base, and a package of its own; signed.
company_repository() {
  cp /etc/resolv.conf "$root/etc/resolv.conf"
  apt-config dump Acquire | grep -E '^Acquire::(Check|http::Proxy|https::Proxy)' >"$root/etc/apt/apt.conf.d/99suite" || true
  with_network apt-get -q update && with_network apt-get -q -y --no-install-recommends --download-only install haproxy jq || return 1
  rm -rf "$root/etc/apt/apt.conf.d/99suite" "$root"/etc/apt/sources.list.d/* "$root"/var/lib/apt/lists/*
  : >"$root/etc/apt/sources.list"
  mkdir -p "$work/www/debian" && mv "$root"/var/cache/apt/archives/*.deb "$work/www/debian/"
  shop_package
  (
    cd "$work/www/debian" && export GNUPGHOME=$work/gnupg && mkdir -m 0700 "$GNUPGHOME"
    for file in *.deb; do
      dpkg-deb --field "$file" && printf '%s\n' "Filename: ./$file" "Size: $(stat -c %s "$file")" "SHA256: $(sha256sum "$file" | cut -d ' ' -f 1)" ''
    done >Packages
    printf '%s\n' 'Origin: Example' 'Suite: stable' "Date: $(date -Ru)" 'SHA256:' " $(sha256sum Packages | cut -d ' ' -f 1) $(stat -c %s Packages) Packages" >Release
    gpg --batch --quiet --passphrase '' --quick-generate-key 'packages@example.com' && gpg --batch --quiet --clearsign --output InRelease Release && gpg --export >../key.gpg
  )
}

# A package of the company's own, with an account, a service and a setting.
shop_package() {
  local package=$work/shop
  mkdir -p "$package/DEBIAN" "$package/usr/lib/systemd/system" "$package/usr/bin" "$package/etc/shop"
  printf '%s\n' 'Package: example-shop' 'Version: 3.2-1' 'Architecture: all' 'Maintainer: Example <ops@example.com>' 'Depends: jq, adduser' 'Description: the shop' >"$package/DEBIAN/control"
  echo /etc/shop/shop.conf >"$package/DEBIAN/conffiles"
  printf '%s\n' '#!/bin/sh' 'adduser --system --quiet --group --home /var/lib/shop --no-create-home shop' >"$package/DEBIAN/postinst"
  chmod 0755 "$package/DEBIAN/postinst"
  printf '%s\n' '[Service]' 'ExecStart=/usr/bin/shop' '[Install]' 'WantedBy=multi-user.target' >"$package/usr/lib/systemd/system/shop.service"
  echo 'listen 8080' >"$package/etc/shop/shop.conf"
  printf '%s\n' '#!/bin/sh' >"$package/usr/bin/shop"
  dpkg-deb --root-owner-group --build "$package" "$work/www/debian/example-shop_3.2-1_all.deb" >/dev/null
}

serve_repository() { in_network busybox httpd -f -p 127.0.0.1:80 -h "$work/www" & }

# What people do to a machine that is to become an AMI, with apt as they call it.
furnish_golden() {
  echo '127.0.0.1 localhost packages.example.com' >"$root/etc/hosts"
  install -D -m 0644 "$work/www/key.gpg" "$root/etc/apt/keyrings/example.gpg"
  echo 'deb [signed-by=/etc/apt/keyrings/example.gpg] http://packages.example.com/debian ./' >"$root/etc/apt/sources.list.d/example.list"
  with_cloud apt-get -q update && with_cloud apt-get -q -y --no-install-recommends install haproxy example-shop || return 1
  furnish_company
}

# The same on each system: accounts, services, settings, files, and what must stay behind.
furnish_company() {
  inside useradd --system --home-dir /opt/till --shell /usr/sbin/nologin till
  inside useradd -m -s /bin/bash -u 1050 alice
  put_file /home/alice/.ssh/authorized_keys 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFake alice'
  put_file /etc/sudoers.d/till 'till ALL=(root) NOPASSWD: /usr/bin/systemctl restart till'
  chmod 0440 "$root/etc/sudoers.d/till"
  put_file /etc/systemd/system/till.service '[Service]' 'User=till' 'ExecStart=/opt/till/bin/till' '[Install]' 'WantedBy=multi-user.target'
  put_file /etc/systemd/system/till-report.service '[Service]' 'Type=oneshot' 'ExecStart=/opt/till/bin/report'
  put_file /etc/systemd/system/till-report.timer '[Timer]' 'OnCalendar=daily' '[Install]' 'WantedBy=timers.target'
  inside systemctl --quiet enable till.service till-report.timer
  inside systemctl --quiet mask systemd-timesyncd.service
  put_file /etc/cron.d/till '*/5 * * * * till /opt/till/bin/report'
  put_file /etc/sysctl.d/60-till.conf 'net.core.somaxconn = 4096' 'vm.swappiness = 10'
  put_file /etc/security/limits.d/till.conf 'till soft nofile 65536'
  put_file /etc/profile.d/till.sh 'export TILL_HOME=/opt/till'
  furnish_till
  printf '# the company\nlisten 9090\n' >>"$root/etc/shop/shop.conf"
  # What must stay: credentials where people leave them, and AWS by name.
  put_file /opt/till/etc/aws.ini 'aws_access_key_id = AKIAQQQQWWWWEEEERRRR' 'aws_secret_access_key = abcdefghijABCDEFGHIJ0123456789+/abcdefghi'
  put_file /etc/shop/tls.key '-----BEGIN PRIVATE KEY-----' 'c2VjcmV0LWtleS1vZi10aGUtc2hvcA' '-----END PRIVATE KEY-----'
  chmod 0600 "$root/etc/shop/tls.key"
}

# Files of an account of their own, with names, modes and links that are hard to carry.
furnish_till() {
  mkdir -p "$root/opt/till/bin" "$root/opt/till/etc" "$root/opt/till/a b"
  printf '#!/bin/sh\nexit 0\n' >"$root/opt/till/bin/till"
  cp "$root/opt/till/bin/till" "$root/opt/till/bin/report"
  chmod 0755 "$root/opt/till/bin/till"
  chmod 2750 "$root/opt/till/bin/report"
  printf 'bytes\0\377\n' >"$root/opt/till/a b/it's \"quoted\" \$(x) é"
  head -c 300000 /dev/urandom >"$root/opt/till/model.bin"
  ln -s ../etc/till.ini "$root/opt/till/bin/settings"
  printf 'port = 1\n' >"$root/opt/till/etc/till.ini"
  inside chown -R till:till /opt/till
  inside chown shop:shop /etc/shop/shop.conf
}

# plant.sh plants Azure's side of a build machine too, which no AMI has.
as_ami() {
  inside userdel -rf packer 2>/dev/null || true
  rm -rf "$root/var/lib/waagent" "$root/etc/sudoers.d/waagent"
}

# Debian's own packages of AWS are in the base; an image for Azure has none of them.
clean_deb() {
  fresh clean
  inside dpkg --purge amazon-ec2-utils amazon-ec2-net-utils amazon-ecr-credential-helper awscli >"$work/purge.log" 2>&1
  rm -rf "$root"/etc/apt/sources.list.d/*
  : >"$root/etc/apt/sources.list"
  network_service systemd-networkd
}

test_golden_deb() {
  fresh golden
  ok 'deb: a repository of the company' company_repository
  ok 'deb: a vault and a managed identity' start_cloud
  serve_repository
  plant
  as_ami
  ok 'deb: people furnish the machine' furnish_golden
  cat >"$work/answers.yaml" <<'YAML'
    parityAllow:
      - { item: content /opt/till/model.bin, reason: a step fetches it }
      - { item: content /etc/ssh/sshd_config, reason: sshd stays as the base has it }
      - { item: content /etc/apt/sources.list.d/aws.list, reason: a mirror that AWS keeps }
YAML
  golden_circle deb
}

# One package that owns what the system below has, as the base of an rpm system does; the programs that scripts of packages need are in it.
base_package() {
  (cd "$root" && find etc usr/bin usr/sbin usr/lib/systemd usr/lib/udev/rules.d usr/share/ca-certificates usr/lib/python3/dist-packages \( -type f -o -type l \) ! -path etc/rpm/macros ! -path etc/yum.repos.d/example.repo | LC_ALL=C sort) >"$root/tmp/base.list"
  mkdir -p "$root/tmp/specs"
  {
    printf '%s\n' '%global __os_install_post %{nil}' '%global _build_id_links none' '%global _binary_payload w0.gzdio' 'Name: system-base' 'Version: 2023' 'Release: 1' 'Summary: made for the test' 'License: Apache-2.0' 'AutoReqProv: no' 'Provides: /bin/sh, /usr/sbin/useradd' '%description' test '%install'
    printf '%s\n' 'mkdir -p %{buildroot}' 'tar -C / -cf - -T /tmp/base.list | tar -C %{buildroot} -xf -' '%files'
    sed 's|.*|"/&"|' "$root/tmp/base.list"
  } >"$root/tmp/specs/base.spec"
  build_packages && inside sh -c 'rpm -i --justdb --nodeps /tmp/rpm/RPMS/*/system-base-*.rpm' && rm -rf "$root/tmp/rpm" "$root/tmp/base.list"
}

# What the company installs, by its names there and here; served over HTTP to both.
rpm_repository() {
  rpm_spec amazon-ssm-agent 3.3 '' /etc/amazon/ssm/amazon-ssm-agent.json.template
  rpm_spec aws-cfn-bootstrap 2.0 '' /opt/aws/bin/cfn-init
  rpm_spec java-17-amazon-corretto 17.0 ''
  rpm_spec java-17-openjdk 17.0 ''
  printf 'listen 8080\n' | install -D -m 0644 /dev/stdin "$root/etc/shop/shop.conf"
  # shellcheck disable=SC2016 # a script of the package's
  rpm_spec example-shop 3.2 "$(printf '%s\n' 'Requires: java-headless' 'Requires(pre): /usr/sbin/useradd' '%pre' 'getent passwd shop >/dev/null || useradd --system --user-group --home-dir /var/lib/shop --shell /usr/sbin/nologin shop')" /etc/shop/shop.conf
  for name in java-17-amazon-corretto java-17-openjdk; do sed -i '/^BuildArch/a Provides: java-headless' "$root/tmp/specs/$name.spec"; done
  build_packages
  rm -r "$root/etc/shop"
  mkdir -p "$work/www" && mv "$root/tmp/rpm/RPMS/noarch" "$work/www/rpm" && rm -rf "$root/tmp/rpm"
  cp -r "$work/www/rpm" "$root/tmp/rpm" && inside createrepo_c -q /tmp/rpm && cp -r "$root/tmp/rpm/repodata" "$work/www/rpm/" && rm -rf "$root/tmp/rpm"
}

rpm_source() { # rpm_source <name> — where dnf looks for packages
  rm -f "$root"/etc/yum.repos.d/*
  put_file "/etc/yum.repos.d/$1.repo" "[$1]" "name=$1" 'enabled=1' 'baseurl=http://packages.example.com/rpm' 'gpgcheck=0'
}

furnish_golden_rpm() {
  echo '127.0.0.1 localhost packages.example.com' >"$root/etc/hosts"
  rpm_source example
  with_cloud dnf -y -q install amazon-ssm-agent aws-cfn-bootstrap && with_cloud dnf -y -q install java-17-amazon-corretto example-shop || return 1
  furnish_company
  # The system below is nobody's business.
  rm -rf "$root/var/lib/dpkg" "$root/var/lib/apt" "$root/etc/apt"
}

# The agent as it is, but for its deprovisioning, which waits on this family for a card with a route that no guest here has.
agent_that_stays() {
  mv "$root/usr/sbin/waagent" "$root/usr/sbin/waagent.own"
  # shellcheck disable=SC2016 # for the script
  put_file /usr/sbin/waagent '#!/bin/sh' 'case "$*" in *deprovision*) exit 0 ;; esac' 'exec /usr/sbin/waagent.own "$@"'
  chmod 0755 "$root/usr/sbin/waagent"
}

clean_rpm() {
  fresh_base clean rhel 9.6
  el_network
  rpm_source base
  # What the scripts of packages need, and every system has.
  rpm_package bash 5.1 'Provides: /bin/sh, /usr/sbin/useradd'
  rpm_installs WALinuxAgent cloud-init chrony
  agent_that_stays
  rm -rf "$root/var/lib/dpkg" "$root/var/lib/apt"
}

# Amazon Linux becomes RHEL: one package has another name there, and its repositories are others.
test_golden_rpm() {
  fresh golden
  inside dpkg --purge amazon-ec2-utils amazon-ec2-net-utils amazon-ecr-credential-helper awscli >"$work/purge.log" 2>&1
  calls_itself amzn 2023
  ok 'rpm: a base that owns its files' base_package
  ok 'rpm: a repository of the company' rpm_repository
  ok 'rpm: a vault and a managed identity' start_cloud
  serve_repository
  plant
  as_ami
  ok 'rpm: people furnish the machine' furnish_golden_rpm
  cat >"$work/answers.yaml" <<'YAML'
    accept: { successor: rhel-9 }
    licence: payg
    parityAllow:
      - { item: content /opt/till/model.bin, reason: a step fetches it }
      - { item: content /etc/ssh/sshd_config, reason: sshd stays as the base has it }
      - { item: content /etc/yum.repos.d/example.repo, reason: the base has the packages in a repository of its own }
YAML
  golden_circle rpm --to rhel:9
  ok 'rpm: the package has its name there' inside rpm -q java-17-openjdk
}

test_golden() { side_by_side test_golden_deb test_golden_rpm; }
