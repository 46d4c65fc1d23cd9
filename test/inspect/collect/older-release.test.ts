import { expect, test } from 'vitest';
import { olderRelease } from '../../../src/inspect/collect/older-release.ts';
import { collectSystem } from '../../../src/inspect/collect/system.ts';
import { memoryTree } from '../../fakes/memory-tree.ts';

const CENTOS = 'CentOS release 6.10 (Final)\n';
const RHEL = 'Red Hat Enterprise Linux Server release 6.10 (Santiago)\n';

test.each([
  ['CentOS 6', { '/etc/redhat-release': CENTOS }, { id: 'centos', version: '6.10', name: 'CentOS release 6.10 (Final)' }],
  ['RHEL 6', { '/etc/redhat-release': RHEL }, { id: 'rhel', version: '6.10', name: RHEL.trim() }],
  [
    'Oracle Linux 6',
    { '/etc/oracle-release': 'Oracle Linux Server release 6.10\n', '/etc/redhat-release': RHEL },
    { id: 'ol', version: '6.10', name: 'Oracle Linux Server release 6.10' },
  ],
  [
    'Amazon Linux of 2012',
    { '/etc/system-release': 'Amazon Linux AMI release 2012.03\n' },
    { id: 'amzn', version: '2012.03', name: 'Amazon Linux AMI release 2012.03' },
  ],
  [
    'Ubuntu 10.04',
    {
      '/etc/lsb-release': 'DISTRIB_ID=Ubuntu\nDISTRIB_RELEASE=10.04\nDISTRIB_DESCRIPTION="Ubuntu 10.04.4 LTS"\n',
      '/etc/debian_version': 'squeeze/sid\n',
    },
    { id: 'ubuntu', version: '10.04', name: 'Ubuntu 10.04.4 LTS' },
  ],
  [
    'SLES 11',
    { '/etc/SuSE-release': 'SUSE Linux Enterprise Server 11 (x86_64)\nVERSION = 11\nPATCHLEVEL = 4\n' },
    { id: 'sles', version: '11.4', name: 'SUSE Linux Enterprise Server 11 (x86_64)' },
  ],
  ['Debian 6', { '/etc/debian_version': '6.0.10\n' }, { id: 'debian', version: '6.0.10', name: 'Debian 6.0.10' }],
  ['nobody knows', { '/etc/redhat-release': 'Something release 1\n', '/etc/debian_version': 'bookworm/sid\n' }, {}],
])('%s says its release in a file that is older than os-release', async (_, files, named) => {
  expect(await olderRelease(memoryTree(files))).toEqual(named);
});

test('os-release comes first where it is', async () => {
  const tree = memoryTree({ '/etc/os-release': 'ID="rocky"\nVERSION_ID="9.4"\n', '/etc/redhat-release': CENTOS });
  expect(await collectSystem(tree)).toMatchObject({ id: 'rocky', version: '9.4', name: undefined });
});
