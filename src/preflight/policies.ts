import {
  type BuildPlan,
  DEADLINE_TAG,
  DIGEST_TAG,
  ORIGIN_TAGS,
  otherTestLocations,
  ownTags,
  placeOfShape,
  RUN_TAG,
  TAG_PREFIX,
  type Tags,
} from '../model/index.ts';
import type { PolicyObjection } from '../ports.ts';
import type { Answer, AzureState, Made } from './questions.ts';

const OF_RUN: Tags = { [RUN_TAG]: '', [DEADLINE_TAG]: '', [DIGEST_TAG]: '' };

/** The tags with a word for the values of regild's own: they differ by image and run, no policy speaks of them, and equal questions are asked once. */
function asked(tags: Tags): Tags {
  return Object.fromEntries(Object.entries(tags).map(([name, value]) => [name, name.startsWith(TAG_PREFIX) ? 'regild' : value]));
}

const VM = 'Microsoft.Compute/virtualMachines';
const NETWORK = 'Microsoft.Network/virtualNetworks';
const GROUP = 'Microsoft.Resources/subscriptions/resourceGroups';

/** Everything with tags or a location that a policy may speak of. */
export function madeBy(plan: BuildPlan): readonly Made[] {
  const own = asked({ ...ownTags(plan), ...OF_RUN });
  const temporary = asked({ ...own, [ORIGIN_TAGS.image]: '' });
  const buildMachine = made('build VM', false, VM, '2024-07-01', own, { hardwareProfile: { vmSize: plan.build.vmSize } });
  return [
    made('the gallery version', true, 'Microsoft.Compute/galleries/images/versions', '2024-03-03', asked({ ...plan.tags, ...OF_RUN })),
    made('the claim of the build', true, 'Microsoft.Compute/virtualMachineScaleSets', '2024-07-01', own),
    ...(plan.engine === 'image-builder' ? byImageBuilder() : byPacker()),
    made('the temporary resource group', false, GROUP, '2022-09-01', temporary),
    ...testMachine(plan.location, ''),
    ...otherTestLocations(plan).flatMap((place) => [
      inPlace(`the temporary resource group in ${place}`, GROUP, '2022-09-01', place),
      ...testMachine(place, ` in ${place}`),
    ]),
  ];

  /** The template, and what the service puts into its staging group: a network also beside a given subnet. Source: image-builder-networking. */
  function byImageBuilder(): readonly Made[] {
    const inStaging = [
      made('staging group', false, GROUP, '2022-09-01', own),
      made('storage account', false, 'Microsoft.Storage/storageAccounts', '2023-01-01', own),
      made('container group', false, 'Microsoft.ContainerInstance/containerGroups', '2023-05-01', own),
      made('network', false, NETWORK, '2023-09-01', own),
      buildMachine,
    ];
    return [
      made('the image template', true, 'Microsoft.VirtualMachineImages/imageTemplates', '2024-02-01', own),
      ...inStaging.map((each) => ofEngine('Image Builder', each)),
    ];
  }

  /** Packer's group and what is in it. Source: packer-plugin-azure, builder/azure/arm. */
  function byPacker(): readonly Made[] {
    const inGroup = [
      made('resource group', false, GROUP, '2022-09-01', own),
      buildMachine,
      ...(plan.build.subnet === undefined
        ? [
            made('network', false, NETWORK, '2023-09-01', own),
            made('public address', false, 'Microsoft.Network/publicIPAddresses', '2023-09-01', own),
          ]
        : []),
      ...(plan.route === 'managed-image' ? [made('managed image', true, 'Microsoft.Compute/images', '2024-07-01', own)] : []),
      ...(plan.os.family === 'windows' ? [made('temporary key vault', false, 'Microsoft.KeyVault/vaults', '2023-07-01', own)] : []),
    ];
    return inGroup.map((each) => ofEngine('Packer', each));
  }

  function ofEngine(by: NonNullable<Made['by']>, each: Made): Made {
    return { ...each, what: `${by}'s ${each.what}`, by };
  }

  function testMachine(place: string, where: string): readonly Made[] {
    const shape = plan.test.shapes.find((each) => placeOfShape(plan, each).location === place);
    return [
      ...(shape ? [inPlace(`the test VM${where}`, VM, '2024-07-01', place, { hardwareProfile: { vmSize: shape.vmSize } })] : []),
      ...((shape ? placeOfShape(plan, shape).subnet : plan.test.subnet) === undefined
        ? [inPlace(`the test network${where}`, NETWORK, '2023-09-01', place)]
        : []),
    ];
  }

  /** Of the test, in a temporary group. */
  function inPlace(what: string, type: string, apiVersion: string, location: string, properties: object = {}): Made {
    return { what, inGroup: false, resource: { type, apiVersion, location, tags: temporary, properties } };
  }

  function made(what: string, inGroup: boolean, type: string, apiVersion: string, tags: Tags, properties: object = {}): Made {
    return { what, inGroup, resource: { type, apiVersion, location: plan.location, tags, properties } };
  }
}

/**
 * No policy denies what the plan makes; each that does is named, with the tags that it wants. Of what an engine makes only a part is known: what a policy says of the
 * rest may be wrong, and is a warning.
 */
export function policiesAllow(plan: BuildPlan, { policies, locations }: AzureState): readonly Answer[] {
  if (!locations || policies.length === 0) return [];
  const title = 'policy';
  if (policies.some(({ objections }) => objections === undefined))
    return [
      {
        id: 'policy',
        title,
        status: 'unknown',
        detail: 'cannot ask what Azure Policy says of the plan',
        hint: 'the right Microsoft.PolicyInsights/checkPolicyRestrictions/read would tell',
      },
    ];
  const denials = policies.flatMap(({ made, objections = [] }) => objections.map((objection) => denial(made, objection, plan)));
  if (denials.length === 0)
    return [{ id: 'policy', title, status: 'pass', detail: `no policy denies any of ${policies.length} resources` }];
  const alike = Map.groupBy(denials, ({ status, policy, wants, hint }) => JSON.stringify([status, policy, wants, hint]));
  return [...alike.values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : [{ id: 'policy', title, status: first.status, detail: told([first, ...others]), hint: first.hint }],
  );
}

/** What one policy says of one thing that is made. */
interface Denial {
  readonly status: 'fail' | 'warn';
  readonly policy: string;
  readonly what: string;
  readonly wants: string;
  readonly hint: string;
}

function denial({ what, by }: Made, { policy, fields }: PolicyObjection, plan: BuildPlan): Denial {
  const tags = fields.flatMap((field) => /^tags(?:\.|\[')([^'\]]+)/.exec(field)?.[1] ?? []);
  const known = by === undefined || (tags.length > 0 && tags.length === fields.length);
  return {
    status: known ? 'fail' : 'warn',
    policy,
    what,
    wants: fields.length ? `: it wants ${fields.join(', ')}` : '',
    hint: known ? hintFor(tags, plan) : `${by} makes it, and what else it sets is not known here; ${EXEMPTION}`,
  };
}

/** Denials of one policy for one reason, as one. */
function told(denials: readonly [Denial, ...Denial[]]): string {
  const [{ status, policy, wants }] = denials;
  return `the policy ${policy} ${status === 'fail' ? 'denies' : 'may deny'} ${denials.map(({ what }) => what).join(', ')}${wants}`;
}

const EXEMPTION = 'ask who assigned it for an exemption of these resource groups, or change what it speaks of';

function hintFor(tags: readonly string[], { image }: BuildPlan): string {
  if (tags.length === 0) return EXEMPTION;
  return `set ${tags.map((tag) => `\`tags: { ${tag}: … }\``).join(', ')} for ${image}: they go on everything that is made`;
}
