import * as z from 'zod';
import { Verdict } from './base-match.ts';
import { Confidence } from './confidence.ts';
import { Issue } from './issue.ts';
import { Architecture, BootMode, Generation, Licence, OsFamily } from './machine.ts';
import { list, record } from './schema.ts';

/** Version of the survey's JSON; raised when a field changes its meaning. */
export const SURVEY_FORMAT_VERSION = 1;

/**
 * When an AMI is moved: 1 = at once, 2 = rebuilt without a question, 3 = after a decision, 4 = by another road than an image.
 */
export const WaveNumber = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]);
export type WaveNumber = z.infer<typeof WaveNumber>;

/** What each wave is, in the order in which they are moved. */
export const WAVE_TITLES: Readonly<Record<WaveNumber, string>> = {
  1: 'direct catalog matches',
  2: 'rebuilds on a known system',
  3: 'a decision first',
  4: 'another road than an image',
};

/** How a capability carries over (Microsoft's guide "Migrate from Amazon EC2", step 1: formalize your findings). */
export const Fit = z.enum(['direct match', 'match with differences', 'needs another design']);
export type Fit = z.infer<typeof Fit>;

/** One capability of an AMI; one that nothing is known of is left out of the list. */
export const Capability = record({
  name: z.enum(['image', 'boot', 'licence', 'disks', 'agents', 'size']),
  fit: Fit,
  reason: z.string(),
});
export type Capability = z.infer<typeof Capability>;

/**
 * What uses an AMI: instances that are not terminated, and launch templates whose default or latest version names it. A list is absent where the
 * account may not ask.
 */
export const AmiUse = record({
  instances: list(record({ id: z.string(), type: z.string() })).optional(),
  launchTemplates: list(z.string()).optional(),
});
export type AmiUse = z.infer<typeof AmiUse>;

/** The better road for the machines, where moving them beats making an image. */
export const MoveAdvice = record({ road: z.enum(['azure-migrate', 'site-recovery']), text: z.string() });
export type MoveAdvice = z.infer<typeof MoveAdvice>;

/** Why AMIs count as near-duplicates: one series of names, one root snapshot, or one origin under the same words. */
export const DuplicateReason = z.enum(['name-series', 'snapshot', 'ancestry']);
export type DuplicateReason = z.infer<typeof DuplicateReason>;

/** The group of near-duplicates that an AMI belongs to. */
export const NearDuplicate = record({
  /** Number of the group, from 1 on in the order of the survey. */
  group: z.number().int(),
  size: z.number().int(),
  newest: z.boolean(),
  /** Id of the newest AMI of the group. */
  newestId: z.string(),
  reasons: list(DuplicateReason),
});
export type NearDuplicate = z.infer<typeof NearDuplicate>;

/** Counts by name, in the order in which they are shown. */
const Counts = list(record({ name: z.string(), count: z.number().int() }));

/** What lies on an AMI's root disk, in numbers; or why that was not read. */
export const SurveyedContent = z.discriminatedUnion('kind', [
  record({
    kind: z.literal('read'),
    packages: z.number().int(),
    /** Files and trees that no package brought. */
    unowned: z.number().int(),
    /** Files of packages that were changed. */
    changed: z.number().int(),
    /** Ids of AWS components. */
    components: list(z.string()),
    /** What must not travel, by rule. */
    leaks: Counts,
    /** Places that could not be read. */
    unread: z.number().int(),
  }),
  record({ kind: z.literal('unread'), reason: z.string() }),
]);
export type SurveyedContent = z.infer<typeof SurveyedContent>;

/** One AMI of a survey: what it is, which road it takes, when, and why. Absent = not known. */
export const SurveyedImage = record({
  imageId: z.string().optional(),
  region: z.string().optional(),
  name: z.string().optional(),
  created: z.string().optional(),
  os: record({ family: OsFamily.optional(), distro: z.string().optional(), version: z.string().optional() }),
  variant: z.string().optional(),
  architecture: Architecture.optional(),
  bootMode: BootMode.optional(),
  licence: Licence.optional(),
  verdict: Verdict,
  /** publisher:offer:sku, best first; for a vendor's product its own offers, whose sku may be missing. */
  bases: list(z.string()),
  generation: Generation.optional(),
  /** Codes from the survey's list, sorted. */
  warnings: list(z.string()),
  confidence: Confidence.exclude(['none']),
  wave: WaveNumber,
  waveReasons: list(z.string()),
  nearDuplicate: NearDuplicate.optional(),
  /** Absent where it was not or could not be asked. */
  use: AmiUse.optional(),
  /** Absent where its disk was not asked for. */
  content: SurveyedContent.optional(),
  capabilities: list(Capability),
  advice: list(MoveAdvice),
});
export type SurveyedImage = z.infer<typeof SurveyedImage>;

export const SurveySummary = record({
  images: z.number().int(),
  verdicts: Counts,
  distros: Counts,
  waves: Counts,
  warnings: Counts,
  unknown: record({ os: z.number().int(), version: z.number().int(), licence: z.number().int() }),
  /** AMIs that are the older ones of their near-duplicates. */
  olderDuplicates: z.number().int(),
  /** AMIs that something uses, and the instances; absent where use was not asked. */
  used: record({ images: z.number().int(), instances: z.number().int() }).optional(),
  /** AMIs whose disk was read and whose was not, and for how many each AWS component and rule of the leak scan was found; absent where none was asked. */
  content: record({ read: z.number().int(), unread: z.number().int(), components: Counts, leaks: Counts }).optional(),
});
export type SurveySummary = z.infer<typeof SurveySummary>;

/** The AMIs of an account, or of a file of DescribeImages output, in the order in which they were given. */
export const Survey = record({
  formatVersion: z.literal(SURVEY_FORMAT_VERSION),
  images: list(SurveyedImage),
  summary: SurveySummary,
  advice: list(MoveAdvice),
  issues: list(Issue),
});
export type Survey = z.infer<typeof Survey>;

/** The survey as JSON: the fields that programs rely on are in every answer, null where nothing is known. */
export const PrintedSurvey = Survey.unwrap()
  .extend({
    images: list(
      SurveyedImage.unwrap()
        .extend({
          imageId: z.string().nullable(),
          name: z.string().nullable(),
          os: record({ family: OsFamily.nullable(), distro: z.string().nullable(), version: z.string().nullable() }),
          architecture: Architecture.nullable(),
          bootMode: BootMode.nullable(),
          licence: Licence.nullable(),
          generation: Generation.nullable(),
        })
        .readonly(),
    ),
  })
  .readonly();
export type PrintedSurvey = z.infer<typeof PrintedSurvey>;
