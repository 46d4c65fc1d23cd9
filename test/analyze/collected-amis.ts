import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Image } from '@aws-sdk/client-ec2';

export const FIELDS = ['osFamily', 'distro', 'version', 'architecture', 'bootMode', 'licence'] as const;
type Answer = (typeof FIELDS)[number] | 'verdict' | 'generation';

/** A real DescribeImages record from public material and what a competent engineer says of it; `alsoAccept` holds answers that are as good. */
export interface CollectedAmi {
  readonly id: string;
  readonly source: string;
  readonly image: Image;
  readonly expected: Readonly<Record<Answer, string | null>> & {
    readonly why: string;
    /** publisher:offer:sku that may come first; empty = no base. */
    readonly acceptableBases: readonly string[];
    readonly mustWarn: readonly string[];
    readonly shouldWarn: readonly string[];
    /** Warnings that are right, and that nobody would miss. */
    readonly mayWarn: readonly string[];
    readonly alsoAccept: Readonly<Partial<Record<Answer, readonly (string | null)[]>>>;
  };
}

export const COLLECTED: readonly CollectedAmi[] = JSON.parse(readFileSync(join(import.meta.dirname, 'collected/records.json'), 'utf8'));

/** Every answer that is right for one field of a record. */
export function accepted({ expected }: CollectedAmi, field: Answer): readonly (string | null)[] {
  return [expected[field], ...(expected.alsoAccept[field] ?? [])];
}
