import type { Signature } from '../signature.ts';

const CLOUD_INIT = 'learn.microsoft.com/azure/virtual-machines/linux/cloud-init-troubleshooting';
const verified = '2026-11-25';

/** A Linux guest that does not come up, and steps that fail in one. */
export const LINUX = [
  {
    id: 'two-provisioners',
    pattern: /cloud-init appears to be running, this is not expected/i,
    cause: 'cloud-init and the Azure agent both want to provision the machine',
    cure: 'set `Provisioning.Agent=auto` in /etc/waagent.conf, where a step or a package of yours turned it to waagent',
    example:
      "OSProvisioningInternalError: OS Provisioning failed for VM 'v' due to an internal error: [000004] cloud-init appears to be running, this is not expected, cannot continue.",
    source: 'github.com/Azure/WALinuxAgent (azurelinuxagent/pa/provision)',
    verified,
  },
  {
    id: 'cloud-init-no-interface',
    pattern: /failure to find DHCP interface/i,
    cause: 'cloud-init found no network card',
    cure: 'keep the kernel and drivers of the base: the driver hv_netvsc (or mana) must be in it',
    example: 'failure to find DHCP interface',
    source: CLOUD_INIT,
    verified,
  },
  {
    id: 'cloud-init-no-lease',
    pattern: /failure to obtain DHCP lease/i,
    cause: 'no address came by DHCP',
    cure: 'run it again; where it stays so, look for a network configuration that a step brought (netplan, NetworkManager, a firewall)',
    example: 'failure to obtain DHCP lease',
    source: CLOUD_INIT,
    verified,
  },
  {
    id: 'cloud-init-renamed-interface',
    pattern: /failure to find primary DHCP interface/i,
    cause: 'the primary network card is not the one that cloud-init expects, for example renamed',
    cure: 'remove udev rules and .link files that rename cards: it must be eth0',
    example: 'failure to find primary DHCP interface',
    source: CLOUD_INIT,
    verified,
  },
  {
    id: 'cloud-init-metadata',
    pattern: /connection timeout querying IMDS/i,
    cause: 'the metadata service did not answer: usually a firewall or a proxy in the image',
    cure: 'let 169.254.169.254 and 168.63.129.16 pass, and name them in no_proxy',
    example: 'connection timeout querying IMDS',
    source: CLOUD_INIT,
    verified,
  },
  {
    id: 'provisioning-silent',
    pattern: /OSProvisioningTimedOut|OSProvisioningClientError/i,
    cause: 'the guest booted but its agent did not report',
    cure: 'read the serial log: generalization, network driver and datasource are the usual causes',
    example: "OSProvisioningTimedOut: OS Provisioning for VM 'v' did not finish in the allotted time.",
    source: 'learn.microsoft.com/troubleshoot/azure/virtual-machines/linux/troubleshoot-deployment-new-vm-linux',
    verified: '2026-11-21',
  },
  {
    id: 'no-root-device',
    pattern: /Unable to mount root fs|Gave up waiting for root (?:file system )?device|dracut-initqueue.*timeout/i,
    cause: 'the kernel did not find its root file system: the initramfs lacks a driver, or names a device of the old machine',
    cure: 'keep hv_storvsc and nvme in the initramfs and root by UUID: look at what a step did to the kernel, dracut or the boot loader',
    example: 'Kernel panic - not syncing: VFS: Unable to mount root fs on unknown-block(0,0)',
    source: 'learn.microsoft.com/troubleshoot/azure/virtual-machines/linux/linux-no-boot-dracut-initramfs-emergency-shell',
    verified,
  },
  {
    id: 'fstab-device',
    pattern: /Dependency failed for (?:Local File Systems|\/)|Timed out waiting for device/i,
    cause: 'fstab names a device that this machine does not have',
    cure: 'mount data disks by UUID with `nofail`, and take lines of the old machine out',
    example: 'Timed out waiting for device dev-disk-by\\x2duuid-x.device.',
    source: 'learn.microsoft.com/troubleshoot/azure/virtual-machines/linux/linux-virtual-machine-cannot-start-fstab-errors',
    verified,
  },
  {
    id: 'package-missing',
    pattern:
      /Unable to locate package|No match for argument|No package \S+ available|'[^']+' not found in package names|No provider of '[^']+' found/i,
    cause: 'a package of that name is in no repository of the base',
    cure: 'correct its name for this distribution, or add its repository in an earlier step',
    example: 'E: Unable to locate package ngnix',
    source: 'manpages.debian.org/apt-get, dnf.readthedocs.io, en.opensuse.org/SDB:Zypper_manual',
    verified,
  },
  {
    id: 'disk-full',
    pattern: /No space left on device/i,
    cause: 'a file system of the build VM is full',
    cure: 'raise `build.osDiskSizeGB`, or clean up in a step; on bases with LVM `build.volumes` says which volumes grow',
    example: 'tar: usr/lib/x: Cannot write: No space left on device',
    source: 'man7.org/linux/man-pages/man3/errno.3.html',
    verified,
  },
  {
    id: 'name-resolution',
    pattern: /Temporary failure in name resolution|Could not resolve host/i,
    cause: 'the build VM resolves no names: a resolver of the old network, or a subnet without a way out',
    cure: 'look at /etc/resolv.conf and the DNS servers of `build.subnet`',
    example: 'curl: (6) Could not resolve host: example.com',
    source: 'curl.se/libcurl/c/libcurl-errors.html',
    verified,
  },
] satisfies readonly Signature[];
