# shellcheck shell=bash disable=SC2154 # the parts that run.sh sources share their variables
# The databases of packages, against the programs that keep them: dpkg's of this machine, rpm's of packages made here. Sourced by run.sh.

list_packages() { "$node" "$here/list-packages.ts" "$1"; }

test_databases() {
  # shellcheck disable=SC2016 # dpkg's own format
  dpkg-query -W -f '${db:Status-Status} deb ${Package} ${Version} ${Architecture}\n' | sed -n 's/^installed //p' | LC_ALL=C sort >"$work/dpkg.told"
  list_packages / | grep '^deb ' | LC_ALL=C sort >"$work/dpkg.read"
  ok "dpkg: the $(wc -l <"$work/dpkg.told") packages of this machine are read as dpkg lists them" diff "$work/dpkg.told" "$work/dpkg.read"

  make_rpm_root
  rpm_here -qa --qf 'rpm %{NAME} %|EPOCH?{%{EPOCH}:}|%{VERSION}-%{RELEASE} %{ARCH}\n' | LC_ALL=C sort >"$work/rpm.told"
  list_packages "$work/rpm" | LC_ALL=C sort >"$work/rpm.read"
  ok 'rpm: its packages are there' test "$(wc -l <"$work/rpm.told")" -eq 3
  ok 'rpm: they are read as rpm lists them' diff "$work/rpm.told" "$work/rpm.read"
}

rpm_here() { rpm --root "$work/rpm" --dbpath /var/lib/rpm "$@" 2>/dev/null; }

# Three packages, one with an epoch, one with so many files that its header is long.
make_rpm_root() {
  local name
  mkdir -p "$work/rpm" "$work/specs"
  rpm_here --initdb
  for name in plain epoch long; do
    {
      printf 'Name: regild-%s\nVersion: 1.2\nRelease: 3\nSummary: x\nLicense: x\nBuildArch: noarch\n' "$name"
      [ "$name" != epoch ] || echo 'Epoch: 7'
      printf '%%description\nx\n%%install\nmkdir -p %%{buildroot}/usr/share/regild-%s\n' "$name"
      # shellcheck disable=SC2016 # the spec's own variable
      printf 'for number in $(seq 1 %s); do echo $number >%%{buildroot}/usr/share/regild-%s/$number; done\n' "$([ "$name" = long ] && echo 400 || echo 2)" "$name"
      printf '%%files\n/usr/share/regild-%s\n' "$name"
    } >"$work/specs/$name.spec"
    rpmbuild --quiet -bb --define "_topdir $work/rpmbuild" "$work/specs/$name.spec" >/dev/null 2>&1
  done
  rpm_here -i --nodeps "$work"/rpmbuild/RPMS/noarch/*.rpm
}
