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
import type { Answer, AzureState, Made } from './questions.ts';

const OF_RUN: Tags = { [RUN_TAG]: '', [DEADLINE_TAG]: '', [DIGEST_TAG]: '' };

/** The tags with a word for the values of regild's own: they differ by image and run, no policy speaks of them, and equal questions are asked once. */
function asked(tags: Tags): Tags {
  return Object.fromEntries(Object.entries(tags).map(([name, value]) => [name, name.startsWith(TAG_PREFIX) ? 'regild' : value]));
}

/** Everything with tags or a location that a policy may speak of. */
export function madeBy(plan: BuildPlan): readonly Made[] {
  const { engine, os } = plan;
  const own = asked({ ...ownTags(plan), ...OF_RUN });
  const temporary = asked({ ...own, [ORIGIN_TAGS.image]: '' });
  return [
    made('the gallery version', true, 'Microsoft.Compute/galleries/images/versions', '2024-03-03', asked({ ...plan.tags, ...OF_RUN })),
    ...(engine === 'image-builder'
      ? [made('the image template', true, 'Microsoft.VirtualMachineImages/imageTemplates', '2024-02-01', own)]
      : []),
    made('the temporary resource group', false, 'Microsoft.Resources/subscriptions/resourceGroups', '2022-09-01', temporary),
    ...testMachine(plan.location, ''),
    ...otherTestLocations(plan).flatMap((place) => [
      inPlace(`the temporary resource group in ${place}`, 'Microsoft.Resources/subscriptions/resourceGroups', '2022-09-01', place),
      ...testMachine(place, ` in ${place}`),
    ]),
    ...(engine === 'packer' && os.family === 'windows'
      ? [made("Packer's temporary key vault", false, 'Microsoft.KeyVault/vaults', '2023-07-01', own)]
      : []),
  ];

  function testMachine(place: string, where: string): readonly Made[] {
    const shape = plan.test.shapes.find((each) => placeOfShape(plan, each).location === place);
    const vm = 'Microsoft.Compute/virtualMachines';
    return [
      ...(shape ? [inPlace(`the test VM${where}`, vm, '2024-07-01', place, { hardwareProfile: { vmSize: shape.vmSize } })] : []),
      ...((shape ? placeOfShape(plan, shape).subnet : plan.test.subnet) === undefined
        ? [inPlace(`the test network${where}`, 'Microsoft.Network/virtualNetworks', '2023-09-01', place)]
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

/** No policy denies what the plan makes; each that does is named, with the tags that it wants. */
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
  const denied = policies.flatMap(({ made: { what, resource }, objections = [] }) =>
    objections.map((objection) => ({ what, resource, ...objection })),
  );
  if (denied.length === 0) return [{ id: 'policy', title, status: 'pass', detail: `no policy denies any of ${policies.length} resources` }];
  return denied.map(({ what, policy, fields }) => ({
    id: 'policy',
    title,
    status: 'fail',
    detail: `the policy ${policy} denies ${what}${fields.length ? `: it wants ${fields.join(', ')}` : ''}`,
    hint: hintFor(fields, plan),
  }));
}

function hintFor(fields: readonly string[], { image }: BuildPlan): string {
  const tags = fields.flatMap((field) => /^tags(?:\.|\[')([^'\]]+)/.exec(field)?.[1] ?? []);
  if (tags.length === 0) return 'ask who assigned it for an exemption of these resource groups, or change what it speaks of';
  return `set ${tags.map((tag) => `\`tags: { ${tag}: … }\``).join(', ')} for ${image}: they go on everything that is made`;
}
