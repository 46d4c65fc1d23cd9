import type { BuildPlan, TestShape } from './build-plan.ts';
import { statesNvme } from './features.ts';
import { placeOfShape } from './test-places.ts';
import { type SizeNeed, sizeNamed, type VmSize } from './vm-size.ts';

/** What a plan asks of the size of its build VM: it boots from NVMe only where the base is tagged for it, and is captured only into a definition that is (nvme-overview). */
export function buildNeed({ base, controllers, location, security }: BuildPlan): SizeNeed {
  const { architecture, generation } = base;
  const nvme = statesNvme(base) && controllers.includes('NVMe');
  return {
    location,
    architecture,
    generation,
    controllers: nvme ? ['SCSI', 'NVMe'] : ['SCSI'],
    trustedLaunch: security === 'TrustedLaunch',
  };
}

/**
 * What a shape asks of a size. An image that supports Trusted Launch also makes ordinary VMs, so a size without it still tests something; but where the
 * planned size has it, none without it stands in.
 */
export function testNeed(plan: BuildPlan, shape: TestShape, sizes: readonly VmSize[]): SizeNeed {
  const { base, security } = plan;
  const { architecture, generation } = base;
  const { location } = placeOfShape(plan, shape);
  const needed = security === 'TrustedLaunch' || (security !== 'Standard' && sizeNamed(sizes, shape.vmSize)?.trustedLaunch === true);
  return { location, architecture, generation, controllers: [shape.controller], trustedLaunch: needed && !shape.ordinary };
}
