import {
  type FolderFile,
  GUEST_FOLDER,
  type ImageSpec,
  type Issue,
  type PlannedFile,
  type Provisioner,
  type Step,
  sha256,
} from '../model/index.ts';
import type { UserFiles } from './user-files.ts';

/** The user's steps as provisioners, in the user's order; a missing file or a step for the other operating system is an issue. */
export function customizeProvisioners(
  spec: ImageSpec,
  os: 'linux' | 'windows',
  files: UserFiles,
): { readonly provisioners: readonly Provisioner[]; readonly issues: readonly Issue[] } {
  const translated = spec.customize.map((step, index) => translate(step, index + 1, os, files));
  const issues = translated.flatMap(({ problem }) => (problem ? [{ ...problem, image: spec.name, place: spec.place }] : []));
  return { provisioners: translated.flatMap(({ provisioners }) => provisioners), issues };
}

interface Translated {
  readonly provisioners: readonly Provisioner[];
  readonly problem?: Pick<Issue, 'severity' | 'code' | 'message' | 'hint'>;
}

function translate(step: Step, number: number, os: 'linux' | 'windows', files: UserFiles): Translated {
  const named = { id: `customize-${number}-${step.kind}`, phase: 'customize' } as const;
  switch (step.kind) {
    case 'packages':
      return one({ kind: 'packages', ...named, title: `install ${step.names.join(', ')}`, names: step.names });
    case 'shell':
    case 'powershell':
      return scriptStep(step, number, os, files);
    case 'file': {
      const found = files.copies.get(step.from);
      if (found === undefined) return missing(step.from);
      return one({
        kind: 'file',
        ...named,
        title: `copy ${step.from} to ${step.to}`,
        from: step.from,
        to: step.to,
        ...found,
        sha256: sha256(found.encoding ? Buffer.from(found.content, found.encoding) : found.content),
      });
    }
    case 'ansible': {
      const content = files.texts.get(step.playbook);
      if (content === undefined) return missing(step.playbook);
      const { playbook, extraArguments } = step;
      return one({ kind: 'ansible', ...named, title: `ansible playbook ${playbook}`, playbook, extraArguments, sha256: sha256(content) });
    }
    case 'puppet': {
      const content = files.texts.get(step.manifest);
      if (content === undefined) return missing(step.manifest);
      return one({ kind: 'puppet', ...named, title: `puppet manifest ${step.manifest}`, manifest: step.manifest, sha256: sha256(content) });
    }
    case 'chef': {
      const found = files.folders.get(step.cookbooks);
      if (found === undefined) return missing(step.cookbooks);
      const { cookbooks, runList } = step;
      return one({ kind: 'chef', ...named, title: `chef ${runList.join(', ')}`, cookbooks, runList, files: found.map(planned) });
    }
    case 'updates':
      return one({ kind: 'updates', ...named, title: 'install all updates' });
    case 'restart':
      return one({ kind: 'restart', ...named, title: 'restart' });
  }
}

function one(provisioner: Provisioner): Translated {
  return { provisioners: [provisioner] };
}

function planned({ path, content }: FolderFile): PlannedFile {
  return { path, bytes: Buffer.byteLength(content), sha256: sha256(content) };
}

function missing(path: string): Translated {
  return {
    provisioners: [],
    problem: {
      severity: 'error',
      code: 'FILE_NOT_FOUND',
      message: `the customize step's file ${path} does not exist`,
      hint: 'paths are relative to the manifest',
    },
  };
}

/** Lines run as they are; a script file is copied into the guest and run there, so that its own `#!` line counts. */
function scriptStep(
  step: Extract<Step, { kind: 'shell' | 'powershell' }>,
  number: number,
  os: 'linux' | 'windows',
  files: UserFiles,
): Translated {
  if ((step.kind === 'powershell') !== (os === 'windows')) return wrongSystem(step.kind, os);
  const id = `customize-${number}-${step.kind}`;
  const { secrets } = step;
  if (!step.script) {
    const lines = step.lines ?? [];
    return one({ kind: step.kind, id, phase: 'customize', title: `${step.kind}: ${lines[0] ?? ''}`.slice(0, 80), lines, secrets });
  }
  const content = files.texts.get(step.script);
  if (content === undefined) return missing(step.script);
  const to = guestPath(os, number, step.script);
  return {
    provisioners: [
      {
        kind: 'file',
        id: `${id}-copy`,
        phase: 'customize',
        title: `copy ${step.script}`,
        from: step.script,
        to,
        content,
        sha256: sha256(content),
      },
      {
        kind: step.kind,
        id,
        phase: 'customize',
        title: `run ${step.script}`,
        lines: os === 'windows' ? [`& '${to}'`, 'if ($LASTEXITCODE) { exit $LASTEXITCODE }'] : [`chmod 0700 '${to}'`, `'${to}'`],
        secrets,
      },
    ],
  };
}

/** A path that needs no quoting in either shell: only letters, digits, dot, dash and underscore of the file's name survive. */
function guestPath(os: 'linux' | 'windows', number: number, script: string): string {
  const name = (script.split(/[\\/]/).at(-1) ?? 'step').replace(/[^A-Za-z0-9._-]/g, '_');
  return os === 'windows' ? `${GUEST_FOLDER.windows}\\step-${number}-${name}` : `${GUEST_FOLDER.linux}/step-${number}-${name}`;
}

function wrongSystem(kind: string, os: string): Translated {
  return {
    provisioners: [],
    problem: {
      severity: 'error',
      code: 'STEP_WRONG_SYSTEM',
      message: `a ${kind} step cannot run on ${os}`,
      hint: os === 'windows' ? 'use `powershell:`' : 'use `shell:`',
    },
  };
}
