import * as z from 'zod';
import { Confidence } from './confidence.ts';
import { InventorySource } from './inventory.ts';
import { artifact, list, record } from './schema.ts';

const because = { confidence: Confidence.exclude(['none']), evidence: list(z.string()) };

/** How a package is found on the new system. */
export const PackageRelation = z.enum(['same', 'renamed', 'other-repository']);
export type PackageRelation = z.infer<typeof PackageRelation>;

/** One step for `customize:`, with what shows that people made what it carries. */
export const ProposedStep = z.discriminatedUnion('kind', [
  record({
    kind: z.literal('packages'),
    packages: list(record({ name: z.string(), was: z.string(), relation: PackageRelation, note: z.string().optional(), ...because })),
  }),
  /** `from` is a safe path below the folder of content; `path` is where the file lies in both images. */
  record({ kind: z.literal('file'), from: z.string(), path: z.string(), bytes: z.number(), sha256: z.string(), ...because }),
  record({ kind: z.literal('shell'), lines: list(z.string()), ...because }),
  record({ kind: z.literal('powershell'), lines: list(z.string()), ...because }),
]);
export type ProposedStep = z.infer<typeof ProposedStep>;

/** How many items of a kind reach the new image: carried by a step, replaced on purpose, or left behind. */
export const Fidelity = record({ kind: z.string(), carried: z.number().int(), replaced: z.number().int(), left: z.number().int() });
export type Fidelity = z.infer<typeof Fidelity>;

/** The recipe that carries an image's own content over to a clean base. */
export const Proposal = artifact('Proposal', {
  source: InventorySource,
  /** The system of the base, as os-release names it. */
  target: record({ id: z.string(), version: z.string().optional() }),
  steps: list(ProposedStep),
  /** AWS components that a person must decide on: the answer that fits most, and where each was found. */
  components: list(record({ id: z.string(), answer: z.literal('remove'), found: list(z.string()) })),
  /** What no step carries, and why. */
  left: list(record({ kind: z.string(), name: z.string(), reason: z.string() })),
  fidelity: list(Fidelity),
});
export type Proposal = z.infer<typeof Proposal>;
