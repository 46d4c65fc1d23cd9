import { bytesOf, elsewhere } from '../../guest/steps/index.ts';
import { featureOf, type Issue, type PlanDraft } from '../../model/index.ts';
import { commonLosses, type Loss, lossesOf } from '../losses.ts';

/** Minutes that the service takes. Source: image-builder-json, buildTimeoutInMinutes; a Windows build gets an hour at least. */
const TIMEOUT = { linux: { from: 6, to: 960 }, windows: { from: 60, to: 960 } } as const;

/** The run's two tags. */
const OWN_TAGS = 2;

/** Bytes of a resource in a request to Azure Resource Manager (1 MB), less a quarter for regild's own scripts and the JSON around them. */
const MOST_CONTENT = 768 * 1024;

const DOCUMENT = 'https://learn.microsoft.com/azure/virtual-machines/linux/image-builder-json';

/** What Azure VM Image Builder cannot express of a plan. */
export function imageBuilderLosses(plan: PlanDraft): readonly Issue[] {
  return lossesOf(plan, [
    ...commonLosses(plan, OWN_TAGS),
    ...identityLoss(plan),
    ...securityLosses(plan),
    ...timeoutLoss(plan),
    ...contentLoss(plan),
    ...restartLosses(plan),
    ...controllerLoss(plan),
  ]);
}

function identityLoss({ image, build }: PlanDraft): readonly Loss[] {
  if (build.identity) return [];
  return [
    {
      severity: 'error',
      code: 'IDENTITY_MISSING',
      message: `image-builder needs a user-assigned identity to build ${image}`,
      hint: 'set `build.identity` to the resource id of one that may write to the gallery',
      source: DOCUMENT,
    },
  ];
}

/** The service takes neither TrustedLaunch images nor a source and a destination that differ in TrustedLaunchSupported. */
function securityLosses({ security, base, engine }: PlanDraft): readonly Loss[] {
  if (security === 'TrustedLaunch') {
    return [
      {
        severity: 'error',
        code: 'SECURITY_NOT_SUPPORTED',
        message: `${engine} cannot build a TrustedLaunch definition`,
        hint: 'use `security: TrustedLaunchSupported`, or `engine: packer`',
        source: DOCUMENT,
      },
    ];
  }
  const found = featureOf(base, 'SecurityType') ?? 'Standard';
  if (found.includes('TrustedLaunch') === (security === 'TrustedLaunchSupported')) return [];
  return [
    {
      severity: 'error',
      code: 'SECURITY_NOT_SUPPORTED',
      message: `${engine} cannot build a ${security} definition from a base whose security type is ${found}`,
      hint: 'choose the same security type for both, or `engine: packer`',
      source: DOCUMENT,
    },
  ];
}

function timeoutLoss({ os, build }: PlanDraft): readonly Loss[] {
  const { from, to } = TIMEOUT[os.family];
  if (build.timeoutMinutes >= from && build.timeoutMinutes <= to) return [];
  return [
    {
      severity: 'error',
      code: 'TIMEOUT_NOT_SUPPORTED',
      message: `a build timeout of ${build.timeoutMinutes} minutes is outside image-builder's ${from} to ${to} for ${os.family}`,
      hint: 'change `build.timeoutMinutes`',
      source: DOCUMENT,
    },
  ];
}

/** Files travel inside the template, which must fit into one request. */
function contentLoss({ provisioners, guestFiles }: PlanDraft): readonly Loss[] {
  const sizes = [...provisioners.map(bytesOf), ...guestFiles.map(({ content }) => Buffer.byteLength(content))];
  const bytes = sizes.reduce((sum, each) => sum + each, 0);
  if (bytes <= MOST_CONTENT) return [];
  return [
    {
      severity: 'error',
      code: 'FILES_TOO_LARGE',
      message: `the files to copy hold ${bytes} bytes, an image-builder template takes ${MOST_CONTENT}`,
      hint: 'fetch large files in a `shell` step, or use `engine: packer`',
    },
  ];
}

/** A restart of the user's own prepares a later step; regild's own only makes a finding earlier that the test VM makes anyway. */
function restartLosses({ os, provisioners }: PlanDraft): readonly Loss[] {
  if (os.family === 'windows') return [];
  return provisioners
    .filter((one) => elsewhere(one, 'linux')?.by === 'restart')
    .map(({ id, phase }) => ({
      // A clean base has no AWS kernel to boot away from: regild's own restart is a precaution.
      severity: phase === 'customize' ? 'error' : 'info',
      code: 'RESTART_NOT_SUPPORTED',
      message:
        phase === 'customize'
          ? `image-builder cannot restart a Linux build VM, as the step ${id} asks`
          : `image-builder cannot restart a Linux build VM, so ${id} is left out`,
      hint:
        phase === 'customize'
          ? 'use `engine: packer`, or a step that needs no restart'
          : 'the first boot is that of the test VM; with `engine: packer` it is that of the build VM',
      source: DOCUMENT,
    }));
}

function controllerLoss({ controllers, build }: PlanDraft): readonly Loss[] {
  if (!controllers.includes('NVMe')) return [];
  return [
    {
      severity: 'info',
      code: 'CONTROLLER_NOT_CHOSEN',
      message: `image-builder lets Azure choose the disk controller of the build VM ${build.vmSize}; NVMe is proven by the test VM`,
    },
  ];
}
