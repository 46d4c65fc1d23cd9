import { describe, expect, test } from 'vitest';
import { judgeAmi } from '../../src/analyze/judge-ami.ts';
import type { Ami } from '../../src/model/index.ts';
import { NOW } from '../fakes/context.ts';
import { anAmi } from './an-ami.ts';
import { catalog } from './catalog.ts';

function judge(name: string, change: Partial<Ami> = {}) {
  const ami = anAmi({ name, platform: 'windows', platformDetails: 'Windows', usageOperation: 'RunInstances:0002', ...change });
  const { distro, version, variant, issues } = judgeAmi(ami, [], catalog, NOW);
  const sql = issues.some(({ code }) => code === 'SQL_SERVER');
  return [[distro.value, version.value, variant.value].filter(Boolean).join(' '), sql ? 'sql' : 'no sql'];
}

describe('a name that a company gives to a Windows AMI', () => {
  test.each([
    ['app-ws19-prod', 'windows-server 2019'],
    ['HQ-W2019STD-FINAPP', 'windows-server 2019'],
    ['WINSVR22-DCE', 'windows-server 2022'],
    ['MSWin2K19-Std', 'windows-server 2019'],
    ['win-19-base', 'windows-server 2019'],
    ['win-19-06-11', 'windows-server'],
    ['win-16gb', 'windows-server'],
    ['PRD_WS_2022_FR', 'windows-server 2022'],
    ['ws-2022-03-24', 'windows-server'],
    ['copy of Windows_Server-2022-English-Core-Base-2023.08.10', 'windows-server 2022 core'],
    ['adfs-proxy-2k16', 'windows-server 2016'],
    ['runner-Windows-LTSC2022', 'windows-server 2022'],
    ['AppStream-WinServer2022-03-24-2024', 'windows-server 2022'],
    ['Win-2022-03-24', 'windows-server'],
    ['Server2019STD', 'windows-server 2019'],
    ['svr2016-term-rds', 'windows-server 2016'],
    ['fileserver-server-2019-06-11', 'windows-server'],
    ['exchange-server-2016', 'windows-server'],
    ['SRV-FILE-2008R2-P2V', 'windows-server 2008 R2'],
    ['SCCM-2012R2', 'windows-server'],
    ['packer-windows-server-2025-core-1', 'windows-server 2025 core'],
    ['windows_server_core_2019', 'windows-server 2019 core'],
    ['win2022-coreapp', 'windows-server 2022'],
    ['W11-23H2-ENT', 'windows-server'],
  ])('%s is %s', (name, system) => {
    expect(judge(name)).toEqual([system, 'no sql']);
  });
});

test.each([
  ['W11-23H2-ENT', 'windows-client 11 23H2'],
  ['Golden Windows 11 Enterprise 23H2', 'windows-client 11 23H2'],
  ['Windows 11 Enterprise 23H2', 'windows-client 11 23H2 enterprise'],
  ['OTRS-win7', 'windows-client 7'],
  ['w10-vdi-finance', 'windows-client 10'],
  ['w11-core-services', 'windows-server'],
])('%s under an own licence is %s', (name, system) => {
  expect(judge(name, { platformDetails: 'Windows BYOL', usageOperation: 'RunInstances:0800' })).toEqual([system, 'no sql']);
});

test('what a name says of Windows makes no Linux a Server Core', () => {
  const { distro, variant } = judgeAmi(anAmi({ name: 'ubuntu-22.04-builds-win2022-core' }), [], catalog, NOW);
  expect([distro.value, variant.value]).toEqual(['ubuntu', undefined]);
});

describe('SQL Server in a text', () => {
  const billed = { platformDetails: 'Windows with SQL Server Standard', usageOperation: 'RunInstances:0006' };

  test.each([
    ['ws19-sql17std', 'windows-server 2019 sql-2017-standard'],
    ['win2012r2 SQL Server 2008 R2', 'windows-server 2012 R2 sql-2008-r2-standard'],
    ['win2022-sql-2019-06-11', 'windows-server 2022 sql-standard'],
    ['win2022-mysql2019', 'windows-server 2022 sql-standard'],
  ])('%s, billed with it, is %s', (name, system) => {
    expect(judge(name, billed)).toEqual([system, 'sql']);
  });

  test.each([
    ['sql-server-2019-own-licence', 'windows-server', 'sql'],
    ['DB_SQL19STD', 'windows-server', 'sql'],
    ['postgresql 2022', 'windows-server', 'no sql'],
    ['sql-20190611', 'windows-server', 'no sql'],
    ['my sql tools', 'windows-server', 'no sql'],
  ])('%s, not billed with it, is %s with %s', (name, system, sql) => {
    expect(judge(name)).toEqual([system, sql]);
  });
});
