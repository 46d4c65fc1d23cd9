import type { GuestTexts } from '../engines/guest-texts.ts';
import type { BuildPlan, Provisioner } from '../model/index.ts';
import type { BuildStep, GuestFile, GuestWork } from './build-step.ts';
import { inGuestFolder } from './folder.ts';
import { linuxWork } from './steps/linux-work.ts';
import { windowsWork } from './steps/windows-work.ts';

/** What one provisioner brings along and does; a provisioner that no engine can express does nothing and is a loss. */
export interface Work {
  readonly files?: readonly GuestFile[];
  readonly lines?: readonly string[];
}

/** The plan's provisioners as files for the guest folder and steps in order. Steps of the user's own get their text as files, so that it is never quoted. */
export function guestWork(plan: BuildPlan, texts: GuestTexts): GuestWork {
  const works = plan.provisioners.map((provisioner, index) => ({
    provisioner,
    work: workOf(plan, provisioner, stepFile(index, provisioner), texts),
  }));
  return {
    files: sorted([
      ...[...texts.own].map(([path, content]) => ({ path: inGuestFolder(path), content })),
      ...plan.guestFiles,
      ...works.flatMap(({ work }) => work.files ?? []),
    ]).map(withByteOrderMark),
    steps: works.flatMap(({ provisioner, work }) => stepOf(plan, provisioner, work)),
  };
}

function workOf(plan: BuildPlan, provisioner: Provisioner, file: string, texts: GuestTexts): Work {
  return plan.os.family === 'windows' ? windowsWork(provisioner, file, plan) : linuxWork(provisioner, file, plan, texts);
}

function stepOf({ os }: BuildPlan, { kind, id, title, phase }: Provisioner, { lines }: Work): readonly BuildStep[] {
  const named = { id, title, phase };
  if (kind === 'restart') return [{ kind: 'restart', ...named }];
  if (kind === 'updates' && os.family === 'windows') return [{ kind: 'windows-updates', ...named }];
  if (!lines) return [];
  return [{ kind: kind === 'guest' && phase === 'generalize' ? 'generalize' : 'run', ...named, lines }];
}

/** Where a step's own file lies in the guest folder, without extension: numbered, and plain enough to need no quoting. */
function stepFile(index: number, { id }: Provisioner): string {
  return `steps/${String(index + 1).padStart(2, '0')}-${id.replace(/[^A-Za-z0-9-]+/g, '-').slice(0, 40)}`;
}

function sorted(files: readonly GuestFile[]): readonly GuestFile[] {
  return files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

/** Windows PowerShell 5.1 reads a script without a byte order mark in the machine's ANSI code page. */
function withByteOrderMark({ path, content }: GuestFile): GuestFile {
  const needed = path.endsWith('.ps1') && /[^\0-\x7f]/.test(content) && !content.startsWith('\uFEFF');
  return { path, content: needed ? `\uFEFF${content}` : content };
}
