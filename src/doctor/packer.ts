import type { Checkup } from '../model/index.ts';
import { asked } from './asked.ts';
import type { Doctor, Places } from './places.ts';

/** That HashiCorp's Packer is here, where an image is built with it. */
export async function lookAtPacker({ engines }: Places, { ports: { packer } }: Doctor): Promise<readonly Checkup[]> {
  const which = { id: 'packer', title: 'Packer' } as const;
  if (packer.kind === 'simulated') return [{ ...which, status: 'pass', detail: 'simulated: no program runs' }];
  const found = await asked(which, async () => ({ version: await packer.version(), plugin: await packer.plugin() }));
  if ('answer' in found) {
    const { version, plugin } = found.answer;
    const detail = `Packer ${version}, ${plugin === undefined ? 'its azure plugin is fetched by the first build' : `azure plugin ${plugin}`}`;
    return [{ ...which, status: 'pass', detail }];
  }
  const isNeeded = engines.includes('packer');
  return [isNeeded ? found.failed : { ...which, status: 'pass', detail: 'not here, and no image is built with it' }];
}
