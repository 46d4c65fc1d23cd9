import { describe, expect, test } from 'vitest';
import { loadCatalog } from '../../src/catalog/load.ts';
import { mapSubjects } from '../../src/map/index.ts';

const CATALOG = await loadCatalog();

/** What is said of the volumes on the instance's best size. */
function onSize(instance: string, ...volumes: readonly string[]): readonly (string | undefined)[] {
  const [first] = mapSubjects([instance, ...volumes], CATALOG);
  if (first?.kind !== 'instance' || first.disks === undefined) return [];
  return [first.disks.kind, first.disks.size, first.disks.kind === 'exceeded' ? first.disks.enough : undefined];
}

describe('disk limits and those of the VM size are two', () => {
  test.each([
    ['m5.large', ['gp3:500:16000'], ['exceeded', 'Standard_D2s_v6', 'Standard_D8s_v6']],
    ['m5.large', ['gp3:500:3000:600'], ['exceeded', 'Standard_D2s_v6', 'Standard_D16s_v6']],
    ['m5.4xlarge', ['gp3:500:16000', 'gp3:500:16000'], ['held', 'Standard_D16s_v6', undefined]],
    ['m5.4xlarge', ['gp3:500:16000', 'gp3:500:16000', 'gp3:500:16000'], ['exceeded', 'Standard_D16s_v6', 'Standard_D32s_v6']],
    ['r6i.large', ['io2:1000:20000'], ['exceeded', 'Standard_E2s_v6', 'Standard_E16s_v6']],
    ['c7g.large', ['gp3:100:10000'], ['exceeded', 'Standard_D2pls_v6', 'Standard_D8pls_v6']],
    ['t3.medium', ['gp3:50', 'gp3:50', 'gp3:50', 'gp3:50', 'gp3:50'], ['exceeded', 'Standard_B2ls_v2', 'Standard_B4ls_v2']],
  ])('%s with %s', (instance, volumes, expected) => {
    expect(onSize(instance, ...volumes)).toEqual(expected);
  });

  test('what a volume does without being told is no demand, and the root is no data disk', () => {
    expect(onSize('m5.large', 'root:gp3:30', 'gp3:100', 'gp3:100')).toEqual(['held', 'Standard_D2s_v6', undefined]);
  });

  test('a size whose limits were not read asks the sizes API; none without volumes', () => {
    expect(onSize('g4dn.xlarge', 'gp3:500:16000')[0]).toBe('unknown');
    expect(onSize('m5.large')).toEqual([]);
    expect(onSize('nonsense', 'gp3:500')).toEqual([]);
  });

  test('a size that is too small for any of its series', () => {
    expect(onSize('m5.large', 'io2:64000:256000', 'io2:64000:256000')).toEqual(['exceeded', 'Standard_D2s_v6', undefined]);
  });

  // A warning that a size is too small, and high confidence in it, said two things of one machine.
  test.each([
    ['m5.large', ['gp3:500:16000'], 'low'],
    ['m5.large', ['gp3:500:3000'], 'high'],
    ['m5.large', [], 'high'],
    ['r6i.large', ['io2:1000:20000'], 'low'],
    ['t3.medium', ['gp3:50', 'gp3:50', 'gp3:50', 'gp3:50', 'gp3:50'], 'low'],
    ['p4d.24xlarge', ['gp3:500:16000'], 'medium'],
    ['c6a.xlarge', ['gp3:500:20000'], 'low'],
    ['i4i.2xlarge', ['gp3:100'], 'high'],
  ])('how sure the size of %s is with %s', (instance, volumes, expected) => {
    const [first] = mapSubjects([instance, ...volumes], CATALOG);
    expect(first?.mapping).toMatchObject({ confidence: expected });
  });
});
