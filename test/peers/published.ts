import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BuildPlan, GalleryVersion, Report } from '../../src/model/index.ts';
import { regild } from '../commands/command-line.ts';

/** One image as regild published it: its plan and its version, as they lie in the run folder. */
export interface Published {
  readonly folder: string;
  readonly plan: BuildPlan;
  readonly version: GalleryVersion;
}

/** The one that exists in the sandbox. */
export const SUBSCRIPTION = '5f0e4c2b-6d1a-4e39-9b7c-0a1b2c3d4e5f';

/** The target of every image here, in the sandbox. */
const TARGET = `
    target: { subscription: ${SUBSCRIPTION}, resourceGroup: rg-images, gallery: gal_golden, location: northeurope }
    build: { identity: /subscriptions/${SUBSCRIPTION}/resourceGroups/rg-images/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-image-builder }`;

/** An entry of a manifest: its own keys, each on a line, with the sandbox's target. */
export function entry(name: string, ...keys: readonly string[]): string {
  return `  ${name}:${TARGET}\n${keys.map((key) => `    ${key}\n`).join('')}`;
}

/** A company's golden AMI with tags, three regions and an end of life, so that every field of a version holds something. */
export const GOLDEN = entry(
  'web',
  "source: { owner: '123456789012', name: web-golden-*, region: eu-west-1 }",
  'regions: [northeurope, westeurope, { name: swedencentral, replicas: 2, storage: Standard_ZRS }]',
  'carryTags: all',
  "tags: { cost-center: '4711' }",
  'endOfLife: 180d',
);

/** Builds the images of the folder's manifest. Throws what regild says when it ends with another code. */
export async function build(folder: string, environment: Readonly<Record<string, string>>, wanted = 0): Promise<Report> {
  const { code, stdout, stderr } = await regild(['build', '--json'], { folder, environment });
  if (code !== wanted) throw new Error(`regild build ended with ${code}: ${stderr}`);
  return Report.parse(JSON.parse(stdout));
}

/** What a run that published an image keeps of it. */
export async function published(folder: string, { runId }: Report, image: string): Promise<Published> {
  const run = join(folder, '.regild/runs', runId, image);
  const read = async (name: string): Promise<unknown> => JSON.parse(await readFile(join(run, name), 'utf8'));
  return { folder: run, plan: BuildPlan.parse(await read('03-plan.json')), version: GalleryVersion.parse(await read('08-version.json')) };
}
