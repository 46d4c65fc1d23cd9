import { ArmError } from '../../errors.ts';
import { textAt } from '../../json-path.ts';
import type { Stored } from '../../store.ts';
import type { World } from '../../world.ts';
import type { SourceImage } from '../source-image.ts';
import { requireBootable, requireSize } from '../virtual-machines/compatibility.ts';
import { stagingOf } from './distribute.ts';
import { refused } from './problem.ts';
import type { TemplateProperties } from './schema.ts';

/** Size of the build VM when the template names none (image-builder-json.md). */
const DEFAULT_SIZES: Readonly<Record<string, string>> = { V1: 'Standard_D1_v2', V2: 'Standard_D2ds_v4' };

/** Checks that the build VM can boot the source and that its disk is not smaller. Throws with the provisioning error code Other. */
export function checkBuildVm({ vmProfile }: TemplateProperties, source: SourceImage, location: string, world: World): void {
  const disk = vmProfile?.osDiskSizeGB ?? 0;
  if (disk !== 0 && disk < source.diskGB) {
    throw refused('Other', `vmProfile.osDiskSizeGB is ${disk}, which is smaller than the ${source.diskGB} GB of the source image.`);
  }
  try {
    const size = requireSize(vmProfile?.vmSize || (DEFAULT_SIZES[source.generation] ?? ''), location, world);
    requireBootable(size, source, { controller: undefined, security: 'Standard' });
  } catch (thrown) {
    if (thrown instanceof ArmError) throw refused('Other', `Not a valid 'vmProfile': ${thrown.error.message}`);
    throw thrown;
  }
}

/** After a customizer's error the build VM stays in the staging group where the template says `abort` (API 2025-10-01, errorHandling). */
export function keepBuildVm({ body }: Stored, world: World): void {
  if (textAt(body, 'properties', 'errorHandling', 'onCustomizerError') !== 'abort') return;
  const staging = stagingOf(body);
  for (const [type, name] of [
    ['virtualMachines', 'pkrvm'],
    ['disks', 'pkros'],
  ] as const) {
    const id = `${staging}/providers/Microsoft.Compute/${type}/${name}`;
    world.resources.put(id, { id, name, type: `Microsoft.Compute/${type}`, location: textAt(body, 'location') ?? '', properties: {} });
  }
}
