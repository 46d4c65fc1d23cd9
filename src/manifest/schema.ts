import * as z from 'zod';
import { CustomizeStep } from '../guest/steps/index.ts';
import { VARIABLE } from '../guest/steps/secrets.ts';
import {
  DEFAULT_TIMEOUTS,
  DiskController,
  Engine,
  GalleryStorage,
  Generation,
  InspectPolicy,
  Licence,
  OnError,
  ParityPolicy,
  parseDuration,
  RefreshCause,
  RefreshPolicy,
  SecurityType,
  SHARING_ANSWERS,
  SOURCE_DOUBTS,
  TestLogin,
  TestShapes,
} from '../model/index.ts';
import { list, record } from '../model/schema.ts';
import { ManifestCheck } from './added-check.ts';
import { ManifestMeasure } from './measure.ts';
import { AZURE, type NameRule, OWN } from './names.ts';
import { ManifestSource } from './source.ts';

function named({ pattern, rule }: NameRule, description: string) {
  return z.string(rule).regex(pattern, rule).describe(description).optional();
}

/** One name or a list of them. */
function namesOf({ pattern, rule }: NameRule) {
  const name = z.string(rule).regex(pattern, rule);
  return z.union([name, list(name)]);
}

function sizesOf(description: string) {
  return list(z.string(AZURE.vmSize.rule).regex(AZURE.vmSize.pattern, AZURE.vmSize.rule)).describe(description).optional();
}

/** Timers count to 24 days (32 bits of milliseconds). */
const LONGEST_LIMIT = 20 * 86_400_000;

function minutes(description: string, standard: number) {
  const rule = 'Image Builder allows 6 to 960 minutes';
  return z.int().min(6, rule).max(960, rule).meta({ description, default: standard }).optional();
}

function limit(description: string, standard: number) {
  const { pattern, rule } = OWN.limit;
  return z
    .string(rule)
    .regex(pattern, rule)
    .refine((text) => (parseDuration(text) ?? 0) <= LONGEST_LIMIT, rule)
    .meta({ description, default: standard % 60 === 0 ? `${standard / 60}h` : `${standard}m` })
    .optional();
}

const Location = z.string(AZURE.location.rule).regex(AZURE.location.pattern, AZURE.location.rule);

const ManifestTarget = record({
  subscription: named(AZURE.subscription, 'Subscription (GUID) that holds the gallery and pays for the build.'),
  resourceGroup: named(AZURE.resourceGroup, 'Resource group of the gallery and of the image template.'),
  gallery: named(AZURE.gallery, 'Azure Compute Gallery; created when it does not exist.'),
  definition: named(AZURE.definition, "Image definition in the gallery. Default: the image's name."),
  location: Location.describe('Where the gallery is, the build runs and the version is staged. Must be one of `regions`.').optional(),
});

const replicaRule = 'a gallery version may have 1 to 100 replicas in a region';

const ManifestRegion = z.union([
  Location,
  record({
    name: Location.describe('Azure location, for example northeurope or "North Europe".'),
    replicas: z
      .int()
      .min(1, replicaRule)
      .max(100, replicaRule)
      .meta({ description: 'Replicas: one per 50 VMs started at once.', default: 1 })
      .optional(),
    storage: GalleryStorage.meta({
      description: 'Storage of the replicas. ZRS needs a region with zones.',
      default: 'Standard_LRS',
    }).optional(),
  }),
]);

const ManifestTestRegion = z.union([
  Location,
  record({
    name: Location.describe('One of `regions`.'),
    subnet: named(AZURE.subnet, 'Resource id of a subnet there for its test VM. Default: a temporary network.'),
    vmSize: named(AZURE.vmSize, 'Size of its test VM, where the others are not sold there.'),
  }),
]);

const ManifestRollout = record({
  waves: list(
    record({
      regions: list(Location).describe('Regions in which a version becomes `latest` together.'),
      pause: named(OWN.every, 'How long to wait before the next wave, for example 24h.'),
      approval: z.boolean().meta({ description: 'Whether the next wave waits for `regild promote`.', default: false }).optional(),
      check: z
        .boolean()
        .meta({
          description:
            'Whether a VM is booted from the version in each region of this wave, and runs its checks, before the next wave. One that fails stops the rollout.',
          default: false,
        })
        .optional(),
    }),
  ).describe('In this order; regions in no wave come last.'),
});

const zoneRule = 'an availability zone is 1, 2 or 3';

const diskRule = 'an OS disk has 1 to 4095 GiB';

/** One image, or the `defaults` beneath all of them: every key is optional here, what is missing in the end is found after merging. */
export const ImageEntry = record({
  source: ManifestSource.describe(
    'The AMI: by id, the newest of an owner that matches a name, or what a public SSM parameter names. Or a file that stands for it.',
  ).optional(),
  inspect: InspectPolicy.meta({
    description:
      "Whether the AMI's disk is read from its snapshot, without starting it: where that is allowed, without fail, or not at all.",
    default: 'auto',
  }).optional(),
  engine: z
    .enum(['auto', ...Engine.options])
    .meta({
      description:
        'What builds the image: the managed service (Azure VM Image Builder), Packer, or `auto`: the one that can do all of the plan, the service before Packer.',
      default: 'auto',
    })
    .optional(),
  base: z
    .string(AZURE.urn.rule)
    .regex(AZURE.urn.pattern, AZURE.urn.rule)
    .meta({ description: 'Marketplace image to build on: publisher:offer:sku[:version], or `auto`.', default: 'auto' })
    .optional(),
  generation: z
    .enum(['auto', ...Generation.options])
    .meta({ description: 'VM generation: V1 boots BIOS, V2 boots UEFI.', default: 'auto' })
    .optional(),
  security: z
    .enum(['auto', ...SecurityType.options], {
      error: ({ input }) =>
        /^(?:confidential|trustedlaunchandconfidential)/i.test(String(input))
          ? 'regild builds no confidential images: they need a confidential VM to build on and an encryption of their own; see shared-image-galleries'
          : undefined,
    })
    .meta({ description: 'Security type of the image definition.', default: 'auto' })
    .optional(),
  controllers: z
    .union([z.literal('auto'), list(DiskController)])
    .meta({ description: 'Disk controllers that the image definition claims.', default: 'auto' })
    .optional(),
  licence: Licence.describe(
    'Who is paid for the operating system: payg (by Azure), byos (own subscription), vendor (purchase plan), free.',
  ).optional(),
  accept: record({
    successor: namesOf(OWN.release)
      .describe("Release, or releases, that may take the place of the AMI's own, for example ubuntu-24.04.")
      .optional(),
    without: namesOf(OWN.word).describe('Words of the AMI that the base may lack, for example ha, sap or japanese.').optional(),
    source: z
      .union([z.enum(SOURCE_DOUBTS), list(z.enum(SOURCE_DOUBTS))])
      .describe('What speaks against the AMI as a source and is known: a name of another owner, terms of a Marketplace product.')
      .optional(),
    sharing: z
      .union([z.enum(SHARING_ANSWERS), list(z.enum(SHARING_ANSWERS))])
      .describe('That the gallery becomes public, or that somebody loses what was shared.')
      .optional(),
  })
    .describe('Changes that you agree to: each is a question until it is answered here.')
    .optional(),
  target: ManifestTarget.describe('Where the image goes on Azure.').optional(),
  regions: list(ManifestRegion)
    .describe('Regions that get the image, each by name or with replicas and storage. Default: only target.location.')
    .optional(),
  build: record({
    vmSize: named(AZURE.vmSize, 'Size of the build VM. Default: a small one that fits the base.'),
    fallbackSizes: sizesOf(
      'Sizes that are taken in this order where Azure has no room for the build VM. Default: further default sizes, which the plan names; none where `vmSize` is set.',
    ),
    identity: named(
      AZURE.identity,
      'Resource id of the user-assigned identity that Image Builder runs as, and that reads the secrets of steps inside the guest.',
    ),
    subnet: named(AZURE.subnet, 'Resource id of the subnet for the build VM. Default: a temporary network.'),
    volumes: z
      .record(z.string().regex(OWN.mountPoint.pattern, OWN.mountPoint.rule), z.number().int().min(0).max(100))
      .readonly()
      .refine((shares) => Object.values(shares).reduce((sum, share) => sum + share, 0) <= 100, 'the shares are more than 100 percent')
      .meta({
        description: 'Bases on LVM: percent of the room that the disk has beyond the base, by mount point. Without it / and /var share it.',
      })
      .optional(),
    osDiskSizeGB: z
      .int()
      .min(1, diskRule)
      .max(4095, diskRule)
      .describe('OS disk of the image in GiB. Default: as large as AMI and base need.')
      .optional(),
    timeoutMinutes: minutes('The build is given up after this many minutes.', 240),
  })
    .describe('The machine that the image is built on.')
    .optional(),
  test: record({
    vmSize: named(AZURE.vmSize, 'Size of the test VM. Default: a small one with the features that the image claims.'),
    vmSizes: sizesOf('Sizes that your machines will have: each boots the image at least once.'),
    fallbackSizes: sizesOf(
      'Sizes that are taken in this order where Azure has no room for a test VM. Default: further default sizes, which the plan names; none for a size that is set.',
    ),
    zones: list(z.int(zoneRule).min(1, zoneRule).max(3, zoneRule))
      .describe('Availability zones that are tried in this order. Default: Azure chooses. The build VM has none: neither engine takes one.')
      .optional(),
    shapes: TestShapes.meta({
      description:
        'Ways to boot the image: `claims` each disk controller and each size once, with Trusted Launch where it is claimed; `pairs` every pair of controller, Trusted Launch on and off, and size, with as few VMs as that takes.',
      default: 'claims',
    }).optional(),
    regions: z
      .union([z.enum(['first', 'all']), list(ManifestTestRegion)])
      .meta({
        description:
          'Regions that boot the image before it is `latest` anywhere: `first` the one of the target alone, `all` of `regions`, or these beside it. The version is replicated there, staged, once it has passed in the first.',
        default: 'first',
      })
      .optional(),
    subnet: named(AZURE.subnet, 'Resource id of the subnet for the test VM. Default: a temporary network.'),
    login: TestLogin.meta({
      description:
        'Where the administrator logs in from: `loopback` on the test VM itself; `network` also over SSH from where regild runs, to the private address in `test.subnet`, which must be reached from there. No public address is made.',
      default: 'loopback',
    }).optional(),
    timeoutMinutes: minutes('The test VM must be ready within this many minutes.', 30),
  })
    .describe('The VM that is booted from the finished image to prove it.')
    .optional(),
  timeouts: record({
    read: limit('Each stage that only reads: analyze, match, plan, preflight, render.', DEFAULT_TIMEOUTS.read),
    validate: limit('All test VMs of the image.', DEFAULT_TIMEOUTS.validate),
    publish: limit('Replication to every region, and what makes the version `latest`.', DEFAULT_TIMEOUTS.publish),
    operation: limit('One operation in Azure: gallery, definition, network, VM, script, restart.', DEFAULT_TIMEOUTS.operation),
    replication: limit('One operation that writes a gallery version, which copies it to its regions.', DEFAULT_TIMEOUTS.replication),
  })
    .describe(
      'When waiting ends, for example 90m or 24h; `--resume` goes on. Operations of a fleet are waited for as long as the image that allows the most.',
    )
    .optional(),
  onError: OnError.meta({
    description:
      'What becomes of a machine in which a build or a test failed: `cleanup` deletes it, `keep` keeps it until the deadline of the run for you to look into, `ask` asks whoever watches the run on a terminal.',
    default: 'cleanup',
  }).optional(),
  variables: list(z.string().regex(VARIABLE.pattern, VARIABLE.rule))
    .describe(
      'Environment variables that steps and checks of your own may hold. Their values are in the image, its template and every report; those of `defaults` are added.',
    )
    .optional(),
  customize: list(CustomizeStep).describe('What makes it your image, in this order. Paths are relative to this file.').optional(),
  components: z
    .record(z.string(), z.enum(['remove', 'keep']))
    .readonly()
    .describe('Answers for AWS components whose removal is a question: component id and `remove` or `keep`.')
    .optional(),
  measure: ManifestMeasure.describe(
    'What is measured on the test VM, to compare with the AMI. Nothing of it stops a publication but a `limit`.',
  ).optional(),
  checks: record({
    add: list(ManifestCheck).describe('Checks of your own.').optional(),
    skip: list(z.string().min(1, 'name a check')).describe('Ids of checks not to run.').optional(),
    allowLeaks: list(
      record({
        path: z
          .string()
          .regex(OWN.leakPath.pattern, OWN.leakPath.rule)
          .describe('Absolute path; `*` stands for anything, also over folders.'),
        reason: z.string().min(1, 'say why').max(200, 'a reason is at most 200 characters').describe('Why it may be in the image.'),
      }),
    )
      .describe('Files that the leak scan may find: test keys of a library, examples of a manual.')
      .optional(),
    answers: list(
      record({
        id: z
          .string()
          .regex(OWN.answered.pattern, OWN.answered.rule)
          .describe('Id of a check, of your own ones too, or of a rule of the leak scan, for example azl-35-administrator-login or SL-17.'),
        item: z
          .string()
          .regex(OWN.item.pattern, OWN.item.rule)
          .describe('What was found, as it is printed: a path or words; `*` stands for anything.'),
        reason: z.string().min(1, 'say why').max(200, 'a reason is at most 200 characters').describe('Why it may stay.'),
      }),
    )
      .describe('What you answer for: a finding that would stop the build passes, and the reason stays in the record of the image.')
      .optional(),
  })
    .describe('Checks that gate publishing.')
    .optional(),
  parity: ParityPolicy.meta({
    description:
      'What it means when something of the AMI is missing in the image and nobody can say why: a line of the report, a warning, or the end before publication.',
    default: 'report',
  }).optional(),
  parityAllow: list(
    record({
      item: z
        .string()
        .regex(OWN.item.pattern, OWN.item.rule)
        .describe(
          'Kind and name as the report shows them, for example `package deb:nginx` or `content /opt/old/*`; `*` stands for anything.',
        ),
      reason: z.string().min(1, 'say why').max(200, 'a reason is at most 200 characters').describe('Why it may be missing or different.'),
    }),
  )
    .describe('Differences between AMI and image that you answer for.')
    .optional(),
  refresh: record({
    every: named(OWN.every, 'Rebuild when the newest version is older than this, for example 30d.'),
    on: list(RefreshCause).meta({ description: 'Which changes make a rebuild due.', default: RefreshCause.options }).optional(),
    blackout: list(z.string().regex(OWN.blackout.pattern, OWN.blackout.rule))
      .describe('When nothing is rebuilt: dates, ranges of dates, windows of every week (fri 16:00 - mon 06:00).')
      .optional(),
    timeZone: z
      .string()
      .min(1)
      .meta({ description: 'Time zone of blackouts and schedule, for example Europe/Dublin.', default: 'UTC' })
      .optional(),
    schedule: z.string().min(1).describe('Cron line: rebuilds wait for these times; one that was missed is caught up with.').optional(),
    jitter: named(OWN.every, 'Spreads the images over so much time after each time of the schedule, for example 6h.'),
    minimumBaseAge: named(OWN.every, 'A newer base is no cause before it is so old, for example 3d.'),
    urgent: list(RefreshPolicy.unwrap().shape.urgent.unwrap().element)
      .describe('Causes that pass a blackout: ami, base, recipe, age, base-deprecated, revoked.')
      .optional(),
  })
    .describe('When the image is rebuilt.')
    .optional(),
  retention: record({
    keep: z.int().min(1, 'at least the published version is kept').meta({ description: 'Versions to keep.', default: 3 }).optional(),
    minimumAge: named(OWN.every, 'Younger versions are kept, for example 30d.'),
    pinned: list(z.string().regex(OWN.version.pattern, OWN.version.rule))
      .describe('Versions that are kept whatever else holds.')
      .optional(),
  })
    .describe('Which versions stay in the gallery when `regild retire` clears it up.')
    .optional(),
  rollout: ManifestRollout.describe('Makes a version `latest` region by region. Without it: everywhere at once.').optional(),
  production: record({
    resourceGroup: named(
      AZURE.resourceGroup,
      "Resource group of the production gallery. Default: the target's. Azure copies within a subscription only.",
    ),
    gallery: named(AZURE.gallery, 'Gallery that tested versions are copied into; created when it does not exist.'),
    definition: named(AZURE.definition, "Image definition there. Default: the target's."),
    location: Location.describe(
      "Where it is; one of the image's regions, since a copy is made where the version is. Default: the target's.",
    ).optional(),
    regions: list(ManifestRegion).describe('Regions that get the image in production. Default: only its location.').optional(),
    rollout: ManifestRollout.describe('Makes a version `latest` there region by region.').optional(),
    automatic: z
      .boolean()
      .meta({
        description: 'Whether `regild refresh` copies a version that passed; else `regild promote <image>@production` does.',
        default: false,
      })
      .optional(),
  })
    .describe('A gallery of its own for what is used: `target` is where versions are made and tested.')
    .optional(),
  endOfLife: named(OWN.every, 'End of life of a version, counted from its publication, for example 180d.'),
  safetyProfile: record({
    blockDeletionBeforeEndOfLife: z
      .boolean()
      .describe('Whether Azure refuses to delete a version before its end of life. Default: true where `endOfLife` is set.')
      .optional(),
    allowDeletionOfReplicatedLocations: z
      .boolean()
      .describe('Whether a version may be taken out of a region. Where false, a region that is removed here stays.')
      .optional(),
  })
    .describe('What Azure refuses for a version.')
    .optional(),
  softDelete: z
    .boolean()
    .describe('Whether deleted versions of the gallery can be restored for a time. Of the whole gallery: all its images say the same.')
    .optional(),
  sharing: record({
    readers: list(z.string().regex(AZURE.principal.pattern, AZURE.principal.rule))
      .describe('Object ids of users, groups and service principals that get the role Reader on the gallery.')
      .optional(),
    subscriptions: list(z.string().regex(AZURE.subscription.pattern, AZURE.subscription.rule))
      .describe('Subscriptions whose users all may make machines from it (direct shared gallery, a preview of Azure): at most 30.')
      .optional(),
    tenants: list(z.string().regex(AZURE.tenant.pattern, AZURE.tenant.rule)).describe('Tenants, the same way: at most 5.').optional(),
    community: record({
      prefix: named(AZURE.prefix, 'First part of the public name of the gallery.'),
      publisher: named(AZURE.website, 'Website of the publisher. Everybody sees it.'),
      contact: named(AZURE.mailbox, 'Address of e-mail for support. Everybody sees it.'),
      eula: named(AZURE.website, 'Address of the licence that users agree to.'),
    })
      .describe('Makes the gallery public (community gallery): only once `accept: { sharing: public }` agrees.')
      .optional(),
  })
    .describe('Who may make machines from the gallery in which versions are used. Of the whole gallery: all its images say the same.')
    .optional(),
  records: record({
    container: named(
      AZURE.container,
      'Address of a container of Azure Blob Storage that keeps report, provenance, inventory and SBOM of each version.',
    ),
    sign: record({
      key: z
        .string()
        .min(1, 'name the file')
        .describe('File with the private key (PEM: Ed25519 or ECDSA), relative to this file.')
        .optional(),
      command: list(z.string().min(1, 'a word may not be empty'))
        .refine((words) => words.length > 0, 'name the program')
        .describe('Program and its words: it reads what to sign on standard input and prints the signature in base64.')
        .optional(),
    })
      .refine(({ key, command }) => (key === undefined) !== (command === undefined), 'give `key` or `command`, one of them')
      .describe('Signs the provenance of each version (in-toto in a DSSE envelope).')
      .optional(),
  })
    .describe('What is kept of each version that is published; without it the run folder keeps it.')
    .optional(),
  prices: z
    .string()
    .min(1, 'name the file')
    .describe('File with dated prices, relative to this file: turns the forecast of a plan into money.')
    .optional(),
  carryTags: z
    .union([z.literal('all'), list(z.string())])
    .meta({ description: 'Tags to copy from the AMI to the gallery version: `all`, or their names.', default: [] })
    .optional(),
  tags: z
    .record(
      z.string().regex(AZURE.tagName.pattern, AZURE.tagName.rule),
      z.string().max(256, 'an Azure tag value has at most 256 characters'),
    )
    .readonly()
    .describe('Tags for the gallery version; added to those of `defaults`.')
    .optional(),
}).meta({ id: 'image' });
export type ImageEntry = z.infer<typeof ImageEntry>;

/** `images.yaml` as it is written: what the file may hold before defaults, variables and rules across keys are applied. */
export const Manifest = record({
  version: z.literal(1, 'this regild reads version 1').describe('Version of this format.'),
  defaults: ImageEntry.optional().describe('Laid beneath every image: mappings key by key, lists replaced, tags added up.'),
  images: z
    .record(z.string().regex(OWN.image.pattern, OWN.image.rule), ImageEntry)
    .readonly()
    .describe('The fleet: one entry per image, by name.'),
});
export type Manifest = z.infer<typeof Manifest>;
