import { describe, expect, test } from 'vitest';
import { AWS, AZURE, OWN } from '../../src/manifest/names.ts';

const long = (length: number) => 'a'.repeat(length);

describe.each([
  ['gallery', AZURE.gallery, ['g', 'gal_golden', 'gal.1', long(80)], ['', 'gal-golden', '_gal', 'gal_', 'gal.', 'gal golden', long(81)]],
  ['definition', AZURE.definition, ['d', 'web-golden', 'web.2_x', long(80)], ['', '-web', 'web-', 'web.', '_web', 'wéb', long(81)]],
  ['resource group', AZURE.resourceGroup, ['r', 'rg-images', 'rg_(1).x', '-', long(90)], ['', 'rg.', 'rg/x', long(91)]],
  ['subscription', AZURE.subscription, ['5f0e4c2b-6d1a-4e39-9b7c-0a1b2c3d4e5f'], ['prod', '5f0e4c2b6d1a4e399b7c0a1b2c3d4e5f']],
  ['location', AZURE.location, ['northeurope', 'North Europe', 'eastus2'], ['eu-west-1', '', '2us']],
  ['VM size', AZURE.vmSize, ['Standard_D2s_v5', 'Standard_E4-2ds_v5'], ['t3.large', 'standard_d2s_v5']],
  ['base', AZURE.urn, ['auto', 'a:b:c', 'Canonical:ubuntu-24_04-lts:server:latest'], ['ubuntu', 'a:b', 'a:b:c:d:e', 'a:b:c d']],
  [
    'subnet',
    AZURE.subnet,
    ['/subscriptions/s/resourceGroups/r/providers/Microsoft.Network/virtualNetworks/v/subnets/n'],
    ['subnet', '/subscriptions/s'],
  ],
  [
    'identity',
    AZURE.identity,
    ['/subscriptions/s/resourcegroups/r/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id'],
    ['id', '/subscriptions/s/resourceGroups/r/providers/Microsoft.Compute/images/i'],
  ],
  ['AMI', AWS.ami, ['ami-01234567', 'ami-0123456789abcdef0'], ['ami-1', 'ami-0123456789ABCDEF0', 'i-01234567', 'aki-01234567']],
  ['AWS region', AWS.region, ['eu-west-1', 'us-gov-east-1', 'eu-isoe-west-1', 'ap-southeast-5'], ['northeurope', 'eu-west', 'EU-WEST-1']],
  ['owner', AWS.owner, ['012345678901', 'self', 'amazon', 'aws-marketplace'], ['12345', 'me']],
  ['image', OWN.image, ['w', '2022', 'web-golden.x_1', long(63)], ['', 'Web', '-web', 'web golden', 'web/x', long(64)]],
  [
    'leak path',
    OWN.leakPath,
    ['/opt/app', '/opt/app/', '/opt/app/tests/*.pem', '/etc/ssl/a b.key', 'C:\\app\\tests\\*.pem'],
    ['opt/app/x', '/opt', '/opt/', '/*', '/opt/*', '/opt/a*/x', '/*/app/x', '//opt/app', '/opt/app/x\ny', '/opt/app/x\ty', 'C:\\*'],
  ],
  ['mount point', OWN.mountPoint, ['/', '/var', '/var/log', '/opt/app-1'], ['var', '/Var', '/var/', '//', '/a b']],
  [
    'answered',
    OWN.answered,
    ['SL-17', 'SW-06', 'azl-35-administrator-login', 'app', 'app-licence'],
    ['SL', 'SL-*', 'azl--35', '*', 'azl-35 x'],
  ],
  ['item', OWN.item, ['/etc/salt/*', 'password of oracle', 'sshd: allowusers *'], ['', '*', '**', 'a\tb', 'a\nb', 'x'.repeat(201)]],
  ['time limit', OWN.limit, ['90m', '24h', '2d'], ['90', '0m', '1w', '90 m', '-5m']],
  ['interval', OWN.every, ['30d', '12h', '2w'], ['30', '0d', '1m', '30 d']],
])('%s', (_, { pattern }, good, bad) => {
  test('accepts', () => expect(good.filter((name) => !pattern.test(name))).toEqual([]));
  test('refuses', () => expect(bad.filter((name) => pattern.test(name))).toEqual([]));
});
