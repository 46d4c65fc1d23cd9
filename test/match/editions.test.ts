import { describe, expect, test } from 'vitest';
import { ami, found, image, matched } from './told.ts';

function first(distro: string, version: string | undefined, variant?: string): string | undefined {
  const match = matched(ami(distro, version, variant === undefined ? {} : { variant: found(variant), licence: found('payg' as const) }));
  return match.candidates.map(image)[0];
}

describe('SQL Server keeps its edition', () => {
  test.each([
    ['standard, and the version before generation 2', 'sql-2016-standard', 'MicrosoftSQLServer:sql2016sp2-ws2016:standard'],
    ['standard of a version that is not sold there', 'sql-2014-standard', 'MicrosoftSQLServer:sql2017-ws2016:standard-gen2'],
    ['enterprise, of the nearest version', 'sql-2016-enterprise', 'MicrosoftSQLServer:sql2017-ws2016:enterprise'],
    ['web, which only a later release has', 'sql-2016-web', 'MicrosoftSQLServer:sql2022-ws2022:web-gen2'],
    [
      'express, which is free: no paid edition replaces it',
      'sql-2016-express',
      'MicrosoftWindowsServer:WindowsServer:2016-datacenter-gensecond',
    ],
  ])('%s', (_, variant, base) => {
    expect(first('windows-server', '2016', variant)).toBe(base);
  });
});

describe('an unknown version is guessed as the settled release, not as the newest', () => {
  test.each([
    ['ubuntu', 'Canonical:ubuntu-24_04-lts:server'],
    ['rhel', 'RedHat:RHEL:9-lvm-gen2'],
    ['windows-server', 'MicrosoftWindowsServer:WindowsServer:2022-datacenter-g2'],
    ['debian', 'Debian:debian-13:13-gen2'],
  ])('%s', (distro, base) => {
    expect(first(distro, undefined)).toBe(base);
  });

  test('a distribution without a living release goes to its successors', () => {
    expect(first('centos', undefined)).toBe('almalinux:almalinux-x86_64:8-gen2');
  });
});
