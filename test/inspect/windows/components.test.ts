import { expect, test } from 'vitest';
import { loadCatalog } from '../../../src/catalog/load.ts';
import { collectWindowsComponents } from '../../../src/inspect/windows/components.ts';
import { openRegistry } from '../../../src/inspect/windows/registry.ts';
import { memoryTree } from '../../fakes/memory-tree.ts';
import { at, merged, values } from './hive-keys.ts';
import { writeHive } from './write-hive.ts';

const catalog = await loadCatalog();

interface Disk {
  readonly files?: readonly string[];
  /** Names of services, with how they start: 2 = by themselves, 4 = never. */
  readonly services?: Readonly<Record<string, number>>;
  readonly software?: readonly (readonly [string, string])[];
  readonly programs?: readonly string[];
}

/** What is found on a disk of Windows that holds these and nothing else. */
async function found({ files = [], services = {}, software = [], programs = [] }: Disk) {
  const hives = {
    '/Windows/System32/config/SYSTEM': writeHive(
      merged(
        at('Select', values({ Current: 1 })),
        ...Object.entries(services).map(([name, start]) => at(`ControlSet001\\Services\\${name}`, values({ Type: 0x10, Start: start }))),
      ),
    ),
    '/Windows/System32/config/SOFTWARE': writeHive(
      merged(values({}), ...software.map(([path, value]) => at(path, values({ [value]: 'x' })))),
    ),
  };
  const tree = memoryTree({ ...hives, ...Object.fromEntries(files.map((path) => [path, 'x'])) });
  const { value: registry } = await openRegistry(tree);
  const seen = {
    registry,
    programs: programs.map((name) => ({ manager: 'program' as const, name, version: '1' })),
    accounts: [],
    tasks: [],
    devices: [],
  };
  const { value } = await collectWindowsComponents(tree, seen, catalog);
  return Object.fromEntries(value.map((each) => [each.id, each.found]));
}

test.each<readonly [string, Disk, Readonly<Record<string, readonly string[]>>]>([
  [
    'the Discovery Agent, by its service',
    { services: { 'AWS Discovery Agent': 2 } },
    { 'win-discovery-agent': ['service AWS Discovery Agent'] },
  ],
  ['by what updates it', { services: { 'AWS Discovery Updater': 3 } }, { 'win-discovery-agent': ['service AWS Discovery Updater'] }],
  [
    'by its folder of settings',
    { files: ['/ProgramData/AWS/AWS Discovery/config/config.json'] },
    { 'win-discovery-agent': ['path C:\\ProgramData\\AWS\\AWS Discovery'] },
  ],
  [
    'the SAP data provider, by its service',
    { services: { 'AWS Data Provider for SAP': 2 } },
    { 'win-sap-data-provider': ['service AWS Data Provider for SAP'] },
  ],
  [
    'by its folder',
    { files: ['/Program Files/Amazon/DataProvider/config.properties'] },
    { 'win-sap-data-provider': ['path C:\\Program Files\\Amazon\\DataProvider'] },
  ],
  [
    'by its program',
    { programs: ['AWS Data Provider for SAP 4.3'] },
    { 'win-sap-data-provider': ['program AWS Data Provider for SAP 4.3'] },
  ],
  [
    "EC2 Image Builder's runner",
    { files: ['/Program Files/Amazon/TaskOrchestratorAndExecutor/TOE_1/console.log'] },
    { 'win-toe': ['path C:\\Program Files\\Amazon\\TaskOrchestratorAndExecutor'] },
  ],
  [
    'a desktop of WorkSpaces, by its service',
    { services: { SkyLightWorkspaceConfigService: 2 } },
    { 'win-workspaces': ['service SkyLightWorkspaceConfigService'] },
  ],
  [
    'by what it was told of its directory',
    { software: [['Amazon\\SkyLight', 'DomainJoinDNS']] },
    { 'win-workspaces': ['registry HKLM\\SOFTWARE\\Amazon\\SkyLight DomainJoinDNS'] },
  ],
  [
    'a streaming instance of AppStream, by its programs and its list of them',
    {
      files: [
        '/Program Files/Amazon/Photon/ConsoleImageBuilder/image-assistant.exe',
        '/ProgramData/Amazon/Photon/Prewarm/PrewarmManifest.txt',
      ],
    },
    { 'win-appstream': ['path C:\\Program Files\\Amazon\\Photon', 'path C:\\ProgramData\\Amazon\\Photon'] },
  ],
  ['a service that is off is none', { services: { 'AWS Discovery Agent': 4, SkyLightWorkspaceConfigService: 4 } }, {}],
  [
    'nor is what is called alike',
    { services: { 'AWS Discovery Helper': 2 }, files: ['/Program Files/Amazon/Photonics/x', '/ProgramData/AWS/Other/x'] },
    {},
  ],
])('%s', async (_name, disk, expected) => {
  expect(await found(disk)).toEqual(expected);
});
