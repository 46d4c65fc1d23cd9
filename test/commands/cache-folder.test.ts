import { homedir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { systemClock } from '../../src/adapters/clock.ts';
import { cacheFolder } from '../../src/commands/cache-folder.ts';
import { sandboxConnection } from '../../src/commands/connect-clouds.ts';
import { catalogFor } from '../../src/commands/installation.ts';
import { artifactsOfNoRun } from '../../src/commands/no-run.ts';
import { createPorts } from '../../src/commands/wire.ts';
import { startSandbox } from '../../src/sandbox/index.ts';
import { inFolder } from './command-line.ts';

const REAL = { wanted: true, clouds: 'real', simulated: false } as const;

test.each([
  ['the XDG folder', REAL, { XDG_CACHE_HOME: '/x', HOME: '/home/me' }, '/x/regild'],
  ['an XDG folder that is not absolute counts as none', REAL, { XDG_CACHE_HOME: 'x', HOME: '/home/me' }, '/home/me/.cache/regild'],
  ['the home folder', REAL, { HOME: '/home/me' }, '/home/me/.cache/regild'],
  ['no home', REAL, {}, `${homedir()}/.cache/regild`],
  ['a folder of its own, from the working folder', REAL, { REGILD_CACHE: 'cache', XDG_CACHE_HOME: '/x' }, '/work/cache'],
  ['--no-cache', { ...REAL, wanted: false }, { REGILD_CACHE: '/cache' }, undefined],
  ['the sandbox of this process', { ...REAL, clouds: 'sandbox', simulated: true }, { REGILD_CACHE: '/cache' }, undefined],
  ['a sandbox elsewhere', { ...REAL, simulated: true }, { HOME: '/home/me' }, undefined],
  ['a sandbox elsewhere, and a named folder', { ...REAL, simulated: true }, { REGILD_CACHE: '/cache' }, '/cache'],
] as const)('%s', (_name, wish, environment, folder) => {
  expect(cacheFolder(wish, { environment, folder: '/work' })).toBe(folder);
});

test('a second run asks the Marketplace nothing', async () => {
  const sandbox = await startSandbox({ record: true });
  const asked = () => sandbox.exchanges.filter(({ liveRequest }) => liveRequest.url.includes('/artifacttypes/vmimage/')).length;
  const image = { publisher: 'Canonical', offer: 'ubuntu-24_04-lts', sku: 'server' };
  try {
    await inFolder({}, async (folder) => {
      const own = {
        folder,
        catalog: () => catalogFor({ environment: process.env }),
        environment: {},
        artifacts: artifactsOfNoRun,
        clock: systemClock,
        progress: { emit: () => {} },
      };
      const walk = async () => {
        const { marketplace } = await createPorts(await sandboxConnection(sandbox), { ...own, cache: join(folder, 'cache') });
        const [version = ''] = await marketplace.versions(sandbox.subscription, 'westeurope', image);
        return marketplace.facts(sandbox.subscription, 'westeurope', { ...image, version });
      };
      const first = await walk();
      expect([first?.generation, asked()]).toEqual(['V2', 2]);
      expect(await walk()).toEqual(first);
      expect(asked()).toBe(2);
    });
  } finally {
    await sandbox.close();
  }
});
