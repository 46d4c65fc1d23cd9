import { readFile } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import type { Catalog } from '../catalog/schema.ts';
import { RegildError } from '../errors.ts';
import type { FileTree } from '../inspect/file-tree.ts';
import type { FirstImage, FirstSource } from '../manifest/first-manifest.ts';
import { didYouMean } from '../manifest/index.ts';
import { surveyedImages } from '../manifest/surveyed-images.ts';
import { mapRegion } from '../map/index.ts';
import { PrintedSurvey, type Proposal } from '../model/index.ts';
import type { Io } from './command.ts';
import { isHere } from './inspect-sources.ts';
import type { Inspected } from './inspected.ts';
import { look } from './look-inside.ts';
import { proposalFor } from './proposal-for.ts';

/** What `init` is told of the images beside the place that they go to. */
export interface FirstFlags {
  readonly manifest: string;
  readonly region?: string;
  readonly name?: string;
  readonly location?: string;
  readonly inspect?: true;
  readonly to?: string;
  readonly sandbox?: true;
}

/** The images of a first manifest, and the location that most of it says once. */
export interface FirstImages {
  readonly images: readonly FirstImage[];
  readonly location: string;
  /** True where they exist in the sandbox alone. */
  readonly isDemo: boolean;
}

/** A proposal whose files can be written, for as long as the disk is open. */
export type Written = readonly [proposal: Pick<Proposal, 'steps'>, tree: FileTree | undefined];

const NAME = 'web-golden';

/**
 * The images that a word stands for, handed over: the sandbox's without one, an AMI by its id, those of a survey that was saved, or what lies on a disk,
 * with the steps that carry it over. Throws USAGE.
 */
export async function firstImages<Result>(
  subject: string | undefined,
  flags: FirstFlags,
  { catalog, io }: { readonly catalog: Catalog; readonly io: Io },
  use: (first: FirstImages, written?: Written) => Promise<Result>,
): Promise<Result> {
  const { name = NAME } = flags;
  if (subject === undefined) {
    if (flags.inspect)
      throw new RegildError('USAGE', '`--inspect` needs something to look into', { hint: 'name an AMI, or a disk in a file' });
    return use({ images: [demo(name)], location: flags.location ?? 'northeurope', isDemo: true });
  }
  const survey = await savedSurvey(subject, io);
  if (survey !== undefined) return use(ofSurvey(subject, survey, flags, catalog));
  const source = await sourceOf(subject, flags, io);
  const location = flags.location ?? locationOf(source, catalog);
  if (source.kind === 'ami' && !flags.inspect) return use({ images: [{ name, source }], location, isDemo: false });
  return look(subject, { flags, io, catalog }, (inspected) => {
    const image = ofDisk(name, source, inspected, flags, catalog);
    return use({ images: [image], location, isDemo: false }, [image.proposal, inspected.tree]);
  });
}

function demo(name: string): FirstImage {
  const source = { kind: 'search', owner: '123456789012', name: 'web-golden-*', region: 'eu-west-1' } as const;
  return { name, source, notes: ["the sandbox's own golden AMI, made from Ubuntu 24.04: no account is needed"] };
}

/** What a file holds where it is the JSON of a survey; undefined for anything else. Throws USAGE for a proposal, whose steps copy files that are not in it. */
async function savedSurvey(subject: string, { folder }: Io): Promise<PrintedSurvey | undefined> {
  if (!subject.endsWith('.json')) return undefined;
  const text = await readFile(resolve(folder, subject), 'utf8').catch(() => '');
  const head = text.slice(0, 200);
  if (/"kind":\s*"Proposal"/.test(head)) {
    throw new RegildError('USAGE', `${subject} is a proposal: the files that its steps copy are not in it`, {
      hint: 'name the disk or the inventory that it was made of; of an image of the manifest `regild inspect <image> --write <image>` writes them all',
    });
  }
  if (!/"formatVersion"/.test(head)) return undefined;
  try {
    return PrintedSurvey.parse(JSON.parse(text));
  } catch (cause) {
    throw new RegildError('FILE_INVALID', `${subject} is no survey that this regild reads`, {
      hint: 'make it with: regild survey --json > survey.json',
      cause,
    });
  }
}

function ofSurvey(file: string, survey: PrintedSurvey, flags: FirstFlags, catalog: Catalog): FirstImages {
  const one = (['name', 'region', 'inspect', 'to'] as const).filter((flag) => flags[flag] !== undefined);
  if (one.length > 0) {
    throw new RegildError('USAGE', `${one.map((flag) => `--${flag}`).join(' and ')} is about one AMI, and ${file} is a survey`, {
      hint: 'a survey names its AMIs and their regions',
    });
  }
  const entries = surveyedImages(survey).map((entry) => ({ ...entry, at: flags.location ?? locationFor(entry.source.region, catalog) }));
  const [first] = entries;
  if (first === undefined) {
    throw new RegildError('USAGE', `no AMI of ${file} is to become an image`, {
      hint: '`regild survey --format text` says which road each takes',
    });
  }
  const images = entries.map(({ at, ...entry }) => ({ ...entry, location: at === first.at ? undefined : at }));
  return { images, location: first.at, isDemo: false };
}

async function sourceOf(subject: string, { region, manifest }: FirstFlags, io: Io): Promise<Exclude<FirstSource, { kind: 'search' }>> {
  if (!(await isHere(subject, io))) {
    if (region !== undefined) return { kind: 'ami', ami: subject, region };
    throw new RegildError('USAGE', `the region of ${subject} is not given`, { hint: 'add --region, for example --region eu-west-1' });
  }
  const path = relative(resolve(io.folder, manifest, '..'), resolve(io.folder, subject));
  return { kind: /\.(?:json|tsv|txt)$/i.test(subject) ? 'inventory' : 'disk', path };
}

function ofDisk(
  name: string,
  source: FirstSource,
  { inventory }: Inspected,
  { to }: FirstFlags,
  catalog: Catalog,
): FirstImage & { readonly proposal: Proposal } {
  if (inventory.source.kind === 'folder') {
    throw new RegildError('USAGE', 'a folder is no source of an image: it has no disk', {
      hint: 'save what is in it with `regild inspect <folder> --json > inventory.json`, and name that file',
    });
  }
  const proposal = proposalFor(inventory, { to, folder: `content/${name}`, catalog });
  const system = inventory.system.name ?? inventory.system.id ?? 'an unknown system';
  const left =
    proposal.left.length === 0 ? [] : [`${proposal.left.length} things are carried by no step: \`regild inspect … --propose\` lists them`];
  return {
    name,
    source,
    proposal,
    notes: [`${inventory.source.name}: ${system}; the steps carry over what was found on its disk`, ...left],
  };
}

function locationOf(source: Exclude<FirstSource, { kind: 'search' }>, catalog: Catalog): string {
  if (source.kind === 'ami') return locationFor(source.region, catalog);
  throw new RegildError('USAGE', 'a file does not say where its image is to be', {
    hint: 'add --location, for example --location northeurope',
  });
}

function locationFor(region: string, catalog: Catalog): string {
  const mapping = mapRegion(region, catalog);
  if (mapping.kind === 'region') return mapping.azure;
  const known = catalog.regions.map(({ id }) => id);
  throw new RegildError('USAGE', `no Azure location is known for the AWS region ${region}`, {
    hint: [didYouMean(region, known), 'name the location with --location'].filter((part) => part !== undefined).join(' or '),
  });
}
