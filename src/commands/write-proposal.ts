import { mkdir, readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { RegildError } from '../errors.ts';
import type { FileTree } from '../inspect/file-tree.ts';
import { writeProposal } from '../manifest/propose.ts';
import { type Proposal, type ProposedStep, sha256 } from '../model/index.ts';
import type { Io } from './command.ts';
import { readText, writeNew, writeWhole } from './files.ts';

export interface ProposalWrite {
  readonly proposal: Proposal;
  readonly image: string;
  readonly manifest: string;
  /** The image's files; absent for an inventory that was saved. */
  readonly tree: FileTree | undefined;
}

type FileStep = Extract<ProposedStep, { readonly kind: 'file' }>;

/** Writes the files of a proposal beside the manifest, then the steps into it, and says what it wrote. Nothing that is there with another content is replaced. */
export async function writeToManifest({ proposal, image, manifest, tree }: ProposalWrite, { folder }: Io): Promise<string> {
  const path = resolve(folder, manifest);
  const text = await readText(path);
  if (text === undefined)
    throw new RegildError('MANIFEST_NOT_FOUND', `there is no manifest ${manifest}`, {
      hint: '`regild init` writes one; or name it with --manifest',
    });
  const written = writeProposal(text, manifest, image, proposal);
  const files = await writeContents(proposal, tree, dirname(path));
  if (written !== text) await writeWhole(path, written, { content: 'exact', mode: (await stat(path)).mode & 0o777 });
  return `${manifest}: ${written === text ? 'nothing to add to' : 'added to'} ${image}; ${files.length} files in content/${image}\n`;
}

/** Writes the files that steps of a proposal take, below the manifest's folder, and gives their paths from there. */
export async function writeContents(
  { steps }: Pick<Proposal, 'steps'>,
  tree: FileTree | undefined,
  folder: string,
): Promise<readonly string[]> {
  const files = steps.filter((step) => step.kind === 'file');
  if (files.length > 0 && tree === undefined) {
    throw new RegildError('USAGE', 'the files of a saved inventory are not at hand', {
      hint: 'inspect the disk or folder itself, or take the steps of --propose',
    });
  }
  const contents = await Promise.all(files.map((step) => contentOf(step, tree)));
  for (const [step, content] of contents) await writeFileOnce(join(folder, step.from), step.from, content);
  return files.map(({ from }) => from);
}

async function contentOf(step: FileStep, tree: FileTree | undefined): Promise<readonly [FileStep, Uint8Array]> {
  const bytes = await tree?.read(step.path, { length: step.bytes });
  if (bytes !== undefined && sha256(bytes) === step.sha256) return [step, bytes];
  throw new RegildError('FILE_INVALID', `${step.path} is no longer what was inspected`, {
    hint: 'inspect the image again while nothing writes to it',
  });
}

async function writeFileOnce(path: string, name: string, content: Uint8Array): Promise<void> {
  const existing = await readFile(path).catch(() => undefined);
  if (existing?.equals(content)) return;
  if (existing !== undefined) {
    throw new RegildError('FILE_INVALID', `${name} is there with another content`, {
      hint: 'move it away, or keep it and take the steps of --propose by hand',
    });
  }
  await mkdir(dirname(path), { recursive: true });
  await writeNew(path, content, { content: 'exact' });
}
