import type { Architecture } from './machine.ts';

/** The parts of the name of an Azure VM size. */
export interface VmSizeName {
  /** Letters before the number, in capitals, for example `D` or `NC`. */
  readonly family: string;
  /** The number in the name: vCPUs in every series since version 3. */
  readonly vcpus: number;
  /** Letters after the number, for example `pds`: `a` AMD, `p` Arm, `d` local disk, `l` low memory, `m` more memory, `s` premium storage. */
  readonly features: string;
  /** `T4`, `H100` …; undefined without one. */
  readonly accelerator: string | undefined;
  readonly version: number;
  readonly architecture: Architecture;
}

const NAME = /^Standard_([A-Z]+)(\d+)(?:-\d+)?([a-z]*)(?:_(?!v\d+$)([A-Z]+\d+[A-Z]*))?(?:_\d+)?(?:_v(\d+))?$/i;

/** Reads a size's name (case does not matter, as in Azure); undefined when it is none. Source: learn.microsoft.com/azure/virtual-machines/vm-naming-conventions. */
export function parseVmSizeName(name: string): VmSizeName | undefined {
  const match = NAME.exec(name);
  if (!match) return undefined;
  const [, family = '', vcpus = '', letters = '', accelerator, version = '1'] = match;
  const features = letters.toLowerCase();
  return {
    family: family.toUpperCase(),
    vcpus: Number(vcpus),
    features,
    accelerator: accelerator?.toUpperCase(),
    version: Number(version),
    architecture: features.includes('p') ? 'arm64' : 'x64',
  };
}
