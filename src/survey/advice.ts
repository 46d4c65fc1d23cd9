import type { AmiUse, MoveAdvice } from '../model/index.ts';
import type { Outline } from './judged.ts';
import { MIGRATE_FROM, SITE_RECOVERY } from './moving-facts.ts';

/** An AMI with what uses it, where that is known. */
export interface UsedAmi {
  readonly judged: Outline;
  readonly use: AmiUse | undefined;
}

/** Where moving an AMI's machines is the better road, or a road at all. Empty for products, services and what Azure cannot carry: there is nothing to move. */
export function adviceFor({ judged, use }: UsedAmi): readonly MoveAdvice[] {
  const { verdict } = judged.match;
  if (verdict !== 'catalog' && verdict !== 'rebuild') return [];
  return [...migrateAdvice(judged, use), ...recoveryAdvice(judged)];
}

function migrateAdvice(judged: Outline, use: AmiUse | undefined): readonly MoveAdvice[] {
  const machines = use?.instances?.length ?? 0;
  const complex = complications(judged, use);
  if (machines >= MIGRATE_FROM.similar) {
    return [
      migrate(`${machines} machines run from it: from ${MIGRATE_FROM.similar} similar ones on, Azure Migrate moves them with less work`),
    ];
  }
  if (machines >= MIGRATE_FROM.complex && complex.length > 0) {
    return [
      migrate(
        `${machines} machines run from it, with ${complex.join(' and ')}: from ${MIGRATE_FROM.complex} complex ones on, Azure Migrate moves them with less work`,
      ),
    ];
  }
  return judged.analysis.distro.value === undefined
    ? [migrate('nothing tells what is inside: Azure Migrate moves a machine as it is, a rebuild has to know its content')]
    : [];
}

/** What makes machines of one AMI complex to move, in the guide's words. */
function complications({ ami }: Outline, use: AmiUse | undefined): readonly string[] {
  const sizes = new Set(use?.instances?.map(({ type }) => type)).size;
  const disks = ami.disks.filter(({ kind }) => kind === 'ebs').length;
  return [...(disks > 1 ? [`${disks} disks each`] : []), ...(sizes > 1 ? [`${sizes} different sizes`] : [])];
}

function recoveryAdvice({ ami, analysis: { distro, version, architecture } }: Outline): readonly MoveAdvice[] {
  const found = SITE_RECOVERY.systems.find((system) => system.distro === distro.value && system.version === version.value);
  if (found === undefined || architecture.value !== found.architecture || ami.architecture === 'i386') return [];
  if (found.distro !== 'windows-server' && ami.virtualization !== 'hvm') return [];
  return [
    { road: 'site-recovery', text: `Site Recovery takes EC2 machines of ${found.distro} ${found.version} in 64 bit, ${found.condition}` },
  ];
}

function migrate(text: string): MoveAdvice {
  return { road: 'azure-migrate', text };
}

/** The advice for all machines together; where their number is not known, the rule that it depends on. */
export function overallAdvice(used: readonly UsedAmi[]): readonly MoveAdvice[] {
  const movable = used.filter(({ judged: { match } }) => match.verdict === 'catalog' || match.verdict === 'rebuild');
  if (movable.length === 0) return [];
  const rule = `from ${MIGRATE_FROM.similar} similar machines on, or ${MIGRATE_FROM.complex} of different systems, sizes or with several disks, Azure Migrate`;
  if (movable.every(({ use }) => use?.instances === undefined)) {
    return [migrate(`how many machines run from these AMIs was not asked: ${rule} is the better road for the machines themselves`)];
  }
  const machines = movable.reduce((sum, { use }) => sum + (use?.instances?.length ?? 0), 0);
  if (machines < (isMixed(movable) ? MIGRATE_FROM.complex : MIGRATE_FROM.similar)) return [];
  return [migrate(`${machines} machines run from these AMIs: ${rule} suits; build images for what is launched again and again`)];
}

/** Several systems, several sizes, or several disks. */
function isMixed(used: readonly UsedAmi[]): boolean {
  const running = used.filter(({ use }) => (use?.instances?.length ?? 0) > 0);
  const systems = new Set(running.map(({ judged: { analysis } }) => `${analysis.distro.value} ${analysis.version.value}`));
  const sizes = new Set(running.flatMap(({ use }) => use?.instances?.map(({ type }) => type) ?? []));
  return systems.size > 1 || sizes.size > 1 || running.some(({ judged, use }) => complications(judged, use).length > 0);
}
