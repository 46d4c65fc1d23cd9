import { describe, expect, test } from 'vitest';
import type { Feature, ImageSpec } from '../../src/model/index.ts';
import { bindToDefinition } from '../../src/plan/bind-definition.ts';
import { definitionFor } from '../../src/plan/definition.ts';
import { planMachine } from '../../src/plan/machine.ts';
import { definitionDifferences } from '../../src/preflight/definition.ts';
import { aCandidate, aDefinition, anAnalysis, aSpec } from '../fakes/values.ts';
import { CATALOG } from '../match/told.ts';

const TRUSTED = { name: 'SecurityType', value: 'TrustedLaunchSupported' };
const NVME = { name: 'DiskControllerTypes', value: 'SCSI, NVMe' };
const FAST = { name: 'IsAcceleratedNetworkSupported', value: 'True' };
const SLEEPS = { name: 'IsHibernateSupported', value: 'True' };
const base = aCandidate({ generation: 'V2', plan: undefined, features: [TRUSTED, NVME, FAST] });

function existing(features: readonly Feature[]) {
  return aDefinition({ features, purchasePlan: undefined });
}

/** The features that the plan claims, the fields in which the definition still differs, and the codes of what is said. */
function planned(features: readonly Feature[], wishes: Partial<ImageSpec> = {}) {
  const definition = existing(features);
  const { spec, issues } = bindToDefinition(aSpec(wishes), base, definition);
  const made = definitionFor(spec, anAnalysis(), base, planMachine(spec, base, CATALOG), definition);
  const differences = definitionDifferences(made, definition).map(({ field, wanted, existing: has }) => `${field} ${has} -> ${wanted}`);
  return [made.features, differences, issues.map(({ code }) => code)];
}

describe('a definition that exists binds the plan', () => {
  test.each<[string, readonly Feature[], readonly Feature[], readonly string[]]>([
    ['made by Terraform: accelerated networking is not stated', [TRUSTED, NVME], [TRUSTED, NVME], []],
    [
      'SCSI only',
      [TRUSTED, { ...NVME, value: 'SCSI' }, FAST, SLEEPS],
      [TRUSTED, { ...NVME, value: 'SCSI' }, FAST],
      ['DEFINITION_FOLLOWED'],
    ],
    ['controllers not stated: SCSI', [TRUSTED, FAST], [TRUSTED, { ...NVME, value: 'SCSI' }, FAST], ['DEFINITION_FOLLOWED']],
    [
      'Standard security',
      [{ ...TRUSTED, value: 'Standard' }, NVME, FAST],
      [{ ...TRUSTED, value: 'Standard' }, NVME, FAST],
      ['DEFINITION_FOLLOWED'],
    ],
    ['Trusted Launch only', [{ ...TRUSTED, value: 'TrustedLaunch' }, NVME], [{ ...TRUSTED, value: 'TrustedLaunch' }, NVME], []],
    ['the other order of words', [TRUSTED, { ...NVME, value: 'NVMe,SCSI' }], [TRUSTED, NVME], []],
  ])('%s', (_, has, claims, codes) => {
    expect(planned(has)).toEqual([claims, [], codes]);
  });

  test('a wish that the user wrote stands, and the difference is told', () => {
    expect(planned([TRUSTED, { ...NVME, value: 'SCSI' }], { controllers: ['SCSI', 'NVMe'] })).toEqual([
      [TRUSTED, NVME],
      ['DiskControllerTypes SCSI -> NVMe, SCSI'],
      [],
    ]);
  });

  test('what regild does not build is refused, and not guessed at', () => {
    const [, differences] = planned([{ ...TRUSTED, value: 'TrustedLaunchAndConfidentialVmSupported' }, NVME]);
    expect(differences).toEqual(['SecurityType TrustedLaunchAndConfidentialVmSupported -> TrustedLaunchSupported']);
  });
});
