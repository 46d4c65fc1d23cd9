import { createHash } from 'node:crypto';
import type { MemoryFiles } from '../fakes/memory-tree.ts';

const md5 = (text: string) => createHash('md5').update(text).digest('hex');

/** The bytes of a program compiled for x86-64, as far as its header says so. */
const PROGRAM = Uint8Array.from({ length: 64 }, (_, index) => ({ 0: 0x7f, 1: 0x45, 18: 62 })[index] ?? 0);

const PASSWORD_HASH = '$6$salt$hashhashhash';
const KEY_ID = 'AKIAQQQQWWWWEEEERRRR';

/** What a company's golden image of Debian could hold: packages, a service of its own, changed configuration, AWS agents, and a forgotten secret. */
export const COMPANY_IMAGE: MemoryFiles = {
  '/usr/lib/os-release': 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\nVERSION_ID="12"\n',
  '/etc/os-release': { link: '../usr/lib/os-release' },
  '/usr/bin/env': PROGRAM,
  '/lib': { link: 'usr/lib' },
  '/usr/lib/systemd/systemd': '',
  '/usr/lib/modules/6.1.0-28-cloud-amd64/modules.dep': '',
  '/etc/localtime': { link: '/usr/share/zoneinfo/Europe/Berlin' },
  '/etc/hostname': 'golden-17\n',
  '/etc/fstab': 'UUID=1 / ext4 defaults,discard 0 1\n/swapfile none swap sw 0 0\n',
  '/boot/grub/grub.cfg': '  linux /vmlinuz root=UUID=1 ro console=ttyS0 nvme_core.io_timeout=4294967295\n',
  '/etc/default/grub': 'GRUB_CMDLINE_LINUX="console=ttyS0 nvme_core.io_timeout=4294967295"\n',
  '/etc/initramfs-tools/modules': '# comment\nhv_storvsc\n',
  '/var/lib/dpkg/status': ['nginx 1.22', 'libnginx 1.22', 'amazon-ssm-agent 3.3', 'cron 3.0']
    .map((text) => text.split(' '))
    .map(([name, version]) => `Package: ${name}\nStatus: install ok installed\nArchitecture: amd64\nVersion: ${version}\n`)
    .join('\n'),
  '/var/lib/apt/extended_states': 'Package: libnginx\nArchitecture: amd64\nAuto-Installed: 1\n',
  '/var/lib/dpkg/info/nginx.list':
    '/.\n/etc\n/etc/nginx\n/etc/nginx/nginx.conf\n/lib/systemd/system/nginx.service\n/usr/share/nginx/index.html\n',
  '/var/lib/dpkg/info/nginx.md5sums': `${md5('packed')}  etc/nginx/nginx.conf\n${md5('welcome')}  usr/share/nginx/index.html\n`,
  '/etc/nginx/nginx.conf': 'changed',
  '/var/www/html/index.html': 'welcome',
  '/usr/lib/systemd/system/nginx.service': '',
  '/etc/systemd/system/multi-user.target.wants/nginx.service': { link: '/lib/systemd/system/nginx.service' },
  '/etc/systemd/system/multi-user.target.wants/shop.service': { link: '/etc/systemd/system/shop.service' },
  '/etc/systemd/system/shop.service': '[Service]\nExecStart=/opt/shop/run\n',
  '/etc/systemd/system/apt-daily.timer': { link: '/dev/null' },
  '/etc/passwd': 'root:x:0:0:root:/root:/bin/bash\nshop:x:1001:1001::/home/shop:/bin/sh\nssm-user:x:1002:1002::/home/ssm-user:/bin/sh\n',
  '/etc/shadow': `root:*:19000:0:99999:7:::\nshop:${PASSWORD_HASH}:19000::::::\nssm-user:!:19000::::::\n`,
  '/home/shop/.ssh/authorized_keys': '# mine\nssh-ed25519 AAAAC3NzaSECRETKEY shop@example.com\n',
  '/etc/sudoers': 'Defaults env_reset\nroot ALL=(ALL:ALL) ALL\n',
  '/etc/sudoers.d/shop': 'shop ALL=(root) NOPASSWD: \\\n  /usr/bin/systemctl restart shop\n',
  '/etc/cron.d/shop': 'MAILTO=ops\n0 3 * * * shop /opt/shop/clean --password hidden\n',
  '/etc/sysctl.d/50-shop.conf': 'net.core.somaxconn = 4096\n',
  '/etc/apt/sources.list.d/shop.list': 'deb [signed-by=/k.gpg] https://deploy:s3cret@repo.example.com/deb stable main\n',
  '/etc/environment': 'https_proxy=http://user:pw@proxy.example.com:3128\nAPI_TOKEN=abc\n',
  '/opt/shop/run': { content: '#!/bin/sh\n', mode: 0o755, uid: 1001, gid: 1001 },
  '/opt/shop/settings.ini': `aws_key=${KEY_ID}\n`,
  '/opt/shop/.cache/junk': 'x',
  ...Object.fromEntries(Array.from({ length: 70 }, (_, index) => [`/srv/site/page-${index}.html`, 'page'])),
  '/etc/ssh/ssh_host_rsa_key': '-----BEGIN OPENSSH PRIVATE KEY-----\n',
  '/etc/shop.key': '-----BEGIN PRIVATE KEY-----\n',
  '/usr/local/lib/python3.11/dist-packages/requests-2.31.0.dist-info/METADATA': '',
  '/usr/local/lib/node_modules/@scope/tool/package.json': '{"name":"@scope/tool","version":"1.4.0"}',
  '/var/lib/docker/image/overlay2/repositories.json':
    '{"Repositories":{"nginx":{"nginx:1.27":"sha256:abc","nginx@sha256:def":"sha256:abc"}}}',
};

/** What no inventory may hold. */
export const SECRETS = [PASSWORD_HASH, KEY_ID, 'AAAAC3NzaSECRETKEY', 's3cret', 'user:pw', 'hidden', 'abc\n', 'PRIVATE KEY'];
