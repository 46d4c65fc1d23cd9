import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { loadCatalog } from '../../../src/catalog/load.ts';

/**
 * What an expert found in the scripts for Windows, by number, as far as their text can tell: what stands in them, and what must not come back. That it does
 * on a Windows what its sources say is proven nowhere here.
 */
const FOLDER = new URL('../../../scripts/windows/', import.meta.url);
const read = (name: string) => readFileSync(new URL(name, FOLDER), 'utf8').replaceAll(/^\s*#.*$/gm, '');
const SCRIPTS = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ps1'));
const catalog = await loadCatalog();

/** The body of a function: up to the brace that stands at the margin. */
function body(file: string, name: string): string {
  return new RegExp(`^function ${name}\\b[^\\n]*\\{\\n(.*?)^\\}`, 'ms').exec(read(file))?.[1] ?? `there is no ${name}`;
}

test.each([
  [
    'A1',
    'a start type that is right already is not set',
    body('configure.ps1', 'Set-RegildStartType'),
    /Where-Object \{ "\$\(\$_\.StartType\)" -ne \$Type \}/,
  ],
  [
    'A1',
    'one that Windows does not let be changed is a line of the log',
    body('configure.ps1', 'Set-RegildStartType'),
    /catch \{ Write-RegildLog /,
  ],
  [
    'A1',
    'services are set by that function alone',
    read('configure.ps1').replace(body('configure.ps1', 'Set-RegildStartType'), ''),
    /^(?!.*Set-Service)/s,
  ],
  ['A2', 'the check asks how the disk drivers start', read('checks/azw-09-boot-drivers.ps1'), /'stornvme', 'vpci'/],
  ['A2', 'and not what Windows writes at each boot from SCSI', read('checks/azw-09-boot-drivers.ps1'), /^(?!.*StartOverride)/s],
  ['A2', 'nor after pci, with which machines boot', read('checks/azw-09-boot-drivers.ps1'), /^(?!.*'pci')/s],
  ['A3', "Packer's own task is no stored password", body('leak-scan.ps1', 'Find-RegildStoredPasswords'), /-notlike '\\packer-\*'/],
  ['A3', 'one of somebody else is', body('leak-scan.ps1', 'Find-RegildStoredPasswords'), /Write-RegildLeak 'SW-11' 'block'/],
  ['A3', 'what Packer leaves is deleted', body('generalize.ps1', 'Remove-RegildBuildAccess'), /Get-RegildTasks '\\packer-\*'/],
  ['B8', 'both drivers of NVMe start with the boot', body('generalize.ps1', 'Set-RegildNvmeDrivers'), /'stornvme', 'vpci'.*'Start' 0/s],
  ['B8', 'in every control set', body('generalize.ps1', 'Set-RegildNvmeDrivers'), /\^ControlSet\\d\+\$/],
  ['B8', 'with the patience that Azure asks for', body('generalize.ps1', 'Set-RegildNvmeDrivers'), /'IoTimeoutValue' 240/],
  [
    'C12',
    'WinRM is opened by no script',
    SCRIPTS.map(read).join('\n'),
    /^(?!.*(winrm quickconfig|Enable-PSRemoting|New-Item[^\n]*WSMan))/is,
  ],
  ['C12', 'nor is the echo of ICMP', SCRIPTS.map(read).join('\n'), /^(?!.*ICMPv4)/is],
  [
    'C12',
    "the build's listener and its certificate go",
    body('generalize.ps1', 'Remove-RegildBuildAccess'),
    /Transport=HTTPS.*CertificateThumbprint.*Cert:\\LocalMachine\\My/s,
  ],
  [
    'C14',
    'the profile of the account that builds is told',
    body('leak-scan.ps1', 'Find-RegildIdentities'),
    /'SW-05' 'warn'.*\$env:USERNAME/s,
  ],
  ['C14', 'histories of all accounts go', read('generalize.ps1'), /'SW-05' = @\('%SystemDrive%\\Users\\\*/],
  ['C14', 'and so do their keys', read('generalize.ps1'), /'SW-06' = @\([^)]*Users\\\*\\\.ssh\\authorized_keys/],
  ['C15', 'a public key is no secret', read('leak-scan.ps1'), /id_\*' \| Where-Object \{ \$_\.Extension -ne '\.pub'/],
  ['C15', 'nor is an empty file', read('leak-scan.ps1'), /-and \$_\.Length -gt 0/],
  ['C15', 'a private key is one, whatever it is called', read('leak-scan.ps1'), /'SW-06' 'block' \$file\.FullName 'private key'/],
] as const)('%s: %s', (_number, _what, text, expression) => {
  expect(text).toMatch(expression);
});

test("C13: an answer file of Azure's own, in Panther, is no sign of EC2, and neither is where it lies", () => {
  const component = catalog.components.find(({ id }) => id === 'win-sysprep-unattend');
  const places = [...(component?.detect.paths ?? []), ...(component?.removePaths ?? [])];
  expect(places.filter((path) => /Panther/i.test(path))).toEqual([]);
  expect(places.filter((path) => /Amazon/.test(path))).toHaveLength(4);
  expect(read('generalize.ps1')).toContain("'%SystemRoot%\\Panther'");
});
