import type { GuestFile } from '../../guest/folder.ts';
import { secretsOf } from '../../guest/steps/secrets.ts';
import type { BuildStep, GuestWork } from '../../guest/work.ts';
import { type BuildPlan, type PurchasePlan, resourceName, stagedStorage, versionId, versionRef } from '../../model/index.ts';
import { hereDocument, makeFolders, writeFile } from './deliver.ts';
import { jsonItems } from './items.ts';

/** What `template.json.hbs` prints; absent is `null`. */
export interface ImageBuilderView {
  readonly location: string;
  readonly tags: readonly { readonly name: string; readonly value: string }[];
  readonly identity: string | null;
  readonly buildTimeoutInMinutes: number;
  readonly vmSize: string;
  readonly osDiskSizeGB: number;
  readonly subnet: string | null;
  /** Identity that the build VM carries, so that steps can read secrets with it. */
  readonly buildIdentity: string | null;
  readonly source: { readonly publisher: string; readonly offer: string; readonly sku: string; readonly version: string };
  readonly planInfo: PurchasePlan | null;
  readonly customize: readonly Customizer[];
  readonly galleryImageId: string;
  readonly runOutputName: string;
  readonly storage: string;
}

/** The longest name of a run output (`^[A-Za-z0-9-_.]{1,64}$`, API 2025-10-01). */
const LONGEST_NAME = 64;

/** JSON items of the lines that write a file of regild's own, by its path in the guest folder. */
export type Written = ReadonlyMap<string, string>;

/** The plan in the words of an Image Builder template. */
export function imageBuilderView(plan: BuildPlan, work: GuestWork, written: Written): ImageBuilderView {
  return {
    location: plan.location,
    tags: Object.entries(plan.tags).map(([name, value]) => ({ name, value })),
    identity: plan.build.identity ?? null,
    buildTimeoutInMinutes: plan.build.timeoutMinutes,
    vmSize: plan.build.vmSize,
    osDiskSizeGB: plan.build.osDiskSizeGB,
    subnet: plan.build.subnet ?? null,
    buildIdentity: plan.provisioners.some((one) => secretsOf(one) !== undefined) ? (plan.build.identity ?? null) : null,
    source: plan.base.urn,
    planInfo: plan.base.plan ?? null,
    customize: customizers(plan.os.family, work, written),
    galleryImageId: versionId(versionRef(plan)),
    runOutputName: resourceName([plan.image, plan.version], LONGEST_NAME),
    storage: stagedStorage(plan),
  };
}

type System = BuildPlan['os']['family'];

/**
 * A customizer of the template. What is true tells the template which one to print; `inline` are its commands, as texts of JSON items: a fleet prints
 * millions of lines, most of which are those of other images.
 */
export interface Customizer {
  readonly name: string;
  readonly shell: boolean;
  readonly powershell: boolean;
  readonly restart: boolean;
  readonly updates: boolean;
  readonly inline: readonly string[];
}

const NOTHING = { shell: false, powershell: false, restart: false, updates: false, inline: [] } as const;

/**
 * Where Image Builder looks for a script that takes the place of its own deprovisioning. Source: image-builder-json, "Generalize", overriding the
 * commands.
 */
const DEPROVISION_SCRIPT = { linux: '/tmp/DeprovisioningScript.sh', windows: 'C:\\DeprovisioningScript.ps1' } as const;

/** The guest's files and steps as customizers, in order. A restart on Linux, which the service lacks, is left out and is a loss. */
function customizers(system: System, { files, steps }: GuestWork, written: Written): readonly Customizer[] {
  return [
    inline(system, 'make the guest folder', [jsonItems(makeFolders(system, files))]),
    ...byFolder(files).map(({ title, files: some }) =>
      inline(
        system,
        title,
        some.map((file) => written.get(file.path) ?? jsonItems(writeFile(system, file))),
      ),
    ),
    ...steps.flatMap((step) => stepCustomizer(system, step)),
  ];
}

/**
 * The files in one group for each folder of the guest's: every customizer costs a connection and some seconds, and there is a file for each check. The
 * user's own stand alone, so that a failure names them.
 */
function byFolder(files: readonly GuestFile[]): readonly { readonly title: string; readonly files: readonly GuestFile[] }[] {
  const groups = Map.groupBy(files, ({ path }) => (isUsers({ path }) ? path : path.split('/').slice(0, -1).join('/')));
  return [...groups].map(([folder, some]) => ({ title: groupTitle(folder, some), files: some }));
}

function isUsers({ path }: Pick<GuestFile, 'path'>): boolean {
  return path.startsWith('steps/');
}

function groupTitle(folder: string, files: readonly GuestFile[]): string {
  const [only] = files;
  if (files.length === 1 && only) return `write ${only.path}`;
  return folder === '' ? `write ${files.length} files` : `write ${files.length} files of ${folder}`;
}

function stepCustomizer(system: System, step: BuildStep): readonly Customizer[] {
  const name = `${step.phase}: ${step.title}`;
  switch (step.kind) {
    case 'run':
      return [inline(system, name, [jsonItems(system === 'linux' ? step.lines.map(asRoot) : step.lines)])];
    case 'generalize':
      return [inline(system, name, [jsonItems(deprovision(system, step.lines))])];
    case 'windows-updates':
      return [{ ...NOTHING, name, updates: true }];
    case 'restart':
      return system === 'windows' ? [{ ...NOTHING, name, restart: true }] : [];
  }
}

function inline(system: System, name: string, items: Customizer['inline']): Customizer {
  return { ...NOTHING, name, shell: system === 'linux', powershell: system === 'windows', inline: items };
}

/** The service runs a shell customizer as its own user, who may use sudo without a password. */
function asRoot(line: string): string {
  return `sudo ${line}`;
}

/**
 * The service deprovisions as its last step and takes this script instead of its own commands. An older file may belong to another user. Whoever is
 * root already must not use sudo again: the generalize script learns from SUDO_USER whose account to delete.
 */
function deprovision(system: System, lines: readonly string[]): readonly string[] {
  const path = DEPROVISION_SCRIPT[system];
  if (system === 'windows') return [`[IO.File]::WriteAllText('${path}', @'`, ...lines, '', "'@)"];
  const script = ['#!/bin/sh', '[ "$(id -u)" -eq 0 ] || sudo=sudo', ...lines.map((line) => `\${sudo-} ${line}`)];
  return [`sudo rm -f ${path}`, ...hereDocument(`cat > ${path}`, `${script.join('\n')}\n`), `chmod 0755 ${path}`];
}
