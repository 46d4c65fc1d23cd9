import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/**
 * No Windows runs here. What can be known of its scripts without one: every expression that they hold, each with texts that it must and must not find. PowerShell
 * compares without regard to case, but for -creplace and [regex]; only what .NET and JavaScript read alike may be used.
 */
const FOLDER = new URL('../../../scripts/windows/', import.meta.url);
const SCRIPTS = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ps1'))
  .map((name) => readFileSync(new URL(name, FOLDER), 'utf8').replaceAll(/^\s*#.*$/gm, ''))
  .join('\n');

const QUOTED = "'((?:[^']|'')*)'";
const unquoted = (text = '') => text.replaceAll("''", "'");

/** What stands behind an operator that takes an expression, and the expressions that have a name. */
function expressions(...operators: readonly string[]): ReadonlySet<string> {
  const found = [...SCRIPTS.matchAll(new RegExp(`-(?:${operators.join('|')})\\s+${QUOTED}`, 'g'))].map(([, text]) => unquoted(text));
  return new Set(found);
}

function named(name: string): string {
  const [, text = ''] = new RegExp(`\\$${name} = ('(?:[^']|'')*'(?:\\s*\\+\\s*'(?:[^']|'')*')*)`).exec(SCRIPTS) ?? [];
  return [...text.matchAll(new RegExp(QUOTED, 'g'))].map(([, part]) => unquoted(part)).join('');
}

const secret = 'wJalrXUtnFEMIxK7MDENGxbPxRfiCYzzzzzzzKEY';
/** [expression, what it finds, what it does not]. */
const MATCHES: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ['^169\\.254\\.169\\.', ['169.254.169.254,255.255.255.255,10.0.0.1,15'], ['10.169.254.169', '169x254.169.1']],
  [
    'ec2\\.internal|compute\\.internal|amazonaws',
    ['us-east-1.ec2-utilities.amazonaws.com', 'eu-west-1.compute.internal'],
    ['corp.example', 'ec2internal'],
  ],
  ['169\\.254\\.169\\.123', ['169.254.169.123,0x9'], ['time.windows.com,0x8']],
  ['^169\\.254\\.', ['169.254.169.250'], ['azkms.core.windows.net', 'kms.169.254.example']],
  [
    '\\bems\\s+(Yes|Ja|Oui|S\\S+)',
    ['ems                     Yes', 'ems                     Sí'],
    ['ems                     No', 'bootems                 Yes'],
  ],
  ['^regild-(fail|skip):', ['regild-fail:EMS is off', 'regild-skip:no component table'], ['a regild-fail:', 'regild-error:x']],
  [
    '\\\\(Microsoft\\\\Windows Defender|Package Cache)\\\\',
    ['C:\\ProgramData\\Package Cache\\{1}\\x.exe'],
    ['C:\\ProgramData\\Packages\\x'],
  ],
  ['EXAMPLE$', ['AKIAIOSFODNN7EXAMPLE'], ['AKIAEXAMPLE7IOSFODNN']],
  ['EXAMPLE', ['aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'], [secret]],
  [
    '-----BEGIN ((RSA|EC|OPENSSH|DSA|ENCRYPTED) )?PRIVATE KEY-----',
    ['-----BEGIN PRIVATE KEY-----', '-----BEGIN OPENSSH PRIVATE KEY-----'],
    ['-----BEGIN PUBLIC KEY-----', '-----BEGIN CERTIFICATE-----'],
  ],
  [
    'Beginning of a new sysprep run',
    ['2024-02-07 14:24:15, Info                  SYSPRP ===          Beginning of a new sysprep run          ==='],
    ['2024-02-07 14:24:15, Info                  SYSPRP End of a sysprep run'],
  ],
  [
    ', Error ',
    ['2023-09-15 18:08:32, Error      [0x0f00b0] SYSPRP spopk.dll:: Failed'],
    ['2023-09-15 18:04:30, Info       [0x0f0080] SYSPRP Found an Error'],
  ],
  [
    'SYSPRP BCD: ',
    ['2023-09-15 18:08:32, Error                 SYSPRP BCD: BiUpdateEfiEntry failed c000000d'],
    ['2023-09-15 18:08:32, Error      [0x0f00b0] SYSPRP spopk.dll:: Failed'],
  ],
  ['^ControlSet\\d+$', ['ControlSet001', 'ControlSet12'], ['CurrentControlSet', 'ControlSet', 'ControlSet001.old']],
  [
    '^\\s*"([^"]+)"\\s*(.*)$',
    ['"C:\\ProgramData\\Package Cache\\{1}\\AmazonSSMAgentSetup.exe"  /uninstall'],
    ['C:\\Windows\\system32\\msiexec.exe /x {1}'],
  ],
  [
    '^\\s*(.+?\\.exe)(?:\\s+(.*))?$',
    ['C:\\Program Files\\Amazon\\x.exe /uninstall', 'MsiExec.exe /X{1}', 'C:\\a\\x.exe'],
    ['C:\\a\\x.executor\\y', 'rundll32 x.dll'],
  ],
  ['^\\{[0-9A-Fa-f-]+\\}$', ['{8C2C5F0A-6F0F-4C5E-9A0D-000000000001}'], ['AWS PV Drivers', '{x}', '{1} ']],
  ['msiexec', ['MsiExec.exe /X{1}', 'C:\\Windows\\System32\\msiexec.exe /I{1}'], ['"C:\\x\\setup.exe" /uninstall']],
  ['/uninstall', ['/UNINSTALL /quiet'], ['/quiet']],
  [
    '!(Upper|Lower)Filters=',
    ['HKLM\\SYSTEM\\CurrentControlSet\\Control\\Class\\{4d36e96a}!UpperFilters=xenfilt'],
    ['HKLM\\SOFTWARE\\Amazon!Filters=x'],
  ],
  ['^oem\\d+\\.inf$', ['oem12.inf', 'OEM3.INF'], ['netvsc.inf', 'oem.inf', 'xoem1.inf']],
  [
    '\\\\SOFTWARE\\\\(Wow6432Node\\\\)?Amazon\\\\',
    ['Registry::HKEY_LOCAL_MACHINE\\SOFTWARE\\Wow6432Node\\Amazon\\X', 'Registry::HKEY_LOCAL_MACHINE\\SOFTWARE\\Amazon\\X'],
    ['Registry::HKEY_LOCAL_MACHINE\\SOFTWARE\\Amazon', 'Registry::HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Amazon'],
  ],
  ['^[A-Za-z]:\\\\', ['C:\\ProgramData\\Amazon'], ['\\\\server\\share\\x', 'C:', 'ProgramData\\Amazon']],
  [
    'Server (\\d{4})( R2)?',
    ['Windows Server 2022 Datacenter', 'Windows Server 2012 R2 Standard'],
    ['Windows Server Datacenter', 'Windows 11 Pro'],
  ],
  ['Server', ['Windows Server Datacenter'], ['Windows 10 Pro']],
  ['Windows (\\d+(\\.\\d)?)', ['Windows 10 Pro', 'Windows 8.1 Enterprise'], ['Windows Server Datacenter', 'Windows']],
  [
    '^Package_for_(KB\\d+)~',
    ['Package_for_KB5011048~31bf3856ad364e35~amd64~~10.0.9032.1'],
    ['Package_for_RollupFix~31bf3856ad364e35~amd64~~20348.1'],
  ],
  ['%', ['%ProgramFiles(x86)%\\Amazon'], ['C:\\Program Files\\Amazon']],
];

/** [operator, expression, what stands in its place, a text, what becomes of it]. */
const REPLACES: readonly (readonly [string, string, string, string])[] = [
  ['[\\x00-\\x1f]', ' ', 'a\tb\r\nc', 'a b  c'],
  ['^\\\\SystemRoot\\\\', 'C:\\Windows\\', '\\SystemRoot\\System32\\drivers\\xenfilt.sys', 'C:\\Windows\\System32\\drivers\\xenfilt.sys'],
  ['^System32\\\\', 'C:\\Windows\\System32\\', 'System32\\drivers\\ena.sys', 'C:\\Windows\\System32\\drivers\\ena.sys'],
  ['^\\\\\\?\\?\\\\', '', '\\??\\C:\\x.sys', 'C:\\x.sys'],
  ['-', '_', 'azw-01-no-aws-components', 'azw_01_no_aws_components'],
  [
    '^[^,]*, Error\\s*(\\[\\w+\\]\\s*)?',
    '',
    '2023-09-15 18:08:32, Error      [0x0f00b0] SYSPRP spopk.dll:: Failed; hr = 0x80080005',
    'SYSPRP spopk.dll:: Failed; hr = 0x80080005',
  ],
  ['\\s', '', '0a 1b\r\n2c', '0a1b2c'],
  ['(AKIA|ASIA)[A-Z0-9]{16}', '$1...', 'id AKIAABCDEFGHIJKLMNOP here', 'id AKIA... here'],
  ['\\d', '#', 'EC2AMAZ-1A2B3C4', 'EC#AMAZ-#A#B#C#'],
  [',.*$', '', 'time.windows.com,0x8', 'time.windows.com'],
  ['^Registry::', '', 'Registry::HKEY_LOCAL_MACHINE\\SOFTWARE', 'HKEY_LOCAL_MACHINE\\SOFTWARE'],
  ['^HKLM\\\\', 'HKEY_LOCAL_MACHINE\\', 'HKLM\\SYSTEM\\HKLM\\x', 'HKEY_LOCAL_MACHINE\\SYSTEM\\HKLM\\x'],
  ['^HKU\\\\', 'HKEY_USERS\\', 'HKU\\S-1-5-18', 'HKEY_USERS\\S-1-5-18'],
  ['^!?\\\\\\?\\?\\\\', '', '!\\??\\C:\\Windows\\Temp\\x', 'C:\\Windows\\Temp\\x'],
  ['^[A-Za-z]:', '', 'D:\\data', '\\data'],
  ['\\\\', '/', '\\shop\\data', '/shop/data'],
  ['^[^.]+\\.', '', 'orders.vault.azure.net', 'vault.azure.net'],
];

test('every expression of the scripts stands in a table', () => {
  expect([...expressions('notmatch', 'match')].toSorted()).toEqual(MATCHES.map(([pattern]) => pattern).toSorted());
  expect([...expressions('replace', 'creplace')].toSorted()).toEqual(REPLACES.map(([pattern]) => pattern).toSorted());
});

test.each(MATCHES)('%s', (pattern, found, passed) => {
  const expression = new RegExp(pattern, 'i');
  expect(found.filter((text) => !expression.test(text))).toEqual([]);
  expect(passed.filter((text) => expression.test(text))).toEqual([]);
});

test.each(REPLACES)('%s becomes %j', (pattern, replacement, text, result) => {
  expect(text.replaceAll(new RegExp(pattern, 'gi'), replacement)).toBe(result);
});

test('the command line of an uninstaller is a program and its arguments', () => {
  const [quoted, plain] = MATCHES.map(([pattern]) => pattern).filter((pattern) => pattern.endsWith('(.*)$') || pattern.endsWith('(.*))?$'));
  const split = (line: string) => (new RegExp(quoted ?? '').exec(line) ?? new RegExp(plain ?? '', 'i').exec(line))?.slice(1);
  expect(split('"C:\\Program Files\\Amazon\\SSM\\x.exe" /uninstall /quiet')).toEqual([
    'C:\\Program Files\\Amazon\\SSM\\x.exe',
    '/uninstall /quiet',
  ]);
  expect(split('C:\\Program Files\\foo.exec\\bar.exe /S')).toEqual(['C:\\Program Files\\foo.exec\\bar.exe', '/S']);
  expect(split('C:\\a\\x.exe')).toEqual(['C:\\a\\x.exe', undefined]);
});

test.each([
  ['own', ['LocalSystem', 'NT AUTHORITY\\NetworkService', 'NT SERVICE\\MSSQLSERVER'], ['.\\svc-app', 'CORP\\svc']],
  ['made', ['Path', 'PROCESSOR_LEVEL', 'windir'], ['JAVA_HOME', 'PathX']],
  [
    'AwsSecret',
    [`aws_secret_access_key = ${secret}`, `AWS_SECRET_ACCESS_KEY=${secret}`, `"awsSecretAccessKey": "${secret}"`, `AWSSecretKey=${secret}`],
    ['aws_secret_access_key = short', `aws_access_key_id = ${secret}`],
  ],
] as const)('$%s', (name, found, passed) => {
  const expression = new RegExp(named(name));
  expect(found.filter((text) => !expression.test(text))).toEqual([]);
  expect(passed.filter((text) => expression.test(text))).toEqual([]);
});
