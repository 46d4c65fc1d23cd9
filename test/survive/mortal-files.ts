import { AsyncLocalStorage } from 'node:async_hooks';
import fs from 'node:fs';
import promises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

/** How a change of a file goes: the process dies before it, after it, or in the middle of a text; or the machine refuses it. */
export type FileFate = 'before' | 'torn' | 'after' | 'full';

/** What a process is asked before it changes a file, and told after it. */
export interface FileWitness {
  /** `same` = the change leaves the folder as it was. Throws where the process is dead. */
  readonly fateOf: (what: string, same: boolean) => FileFate | undefined;
  /** Ends the process. */
  readonly die: () => never;
}

const living = new AsyncLocalStorage<FileWitness>();

/** Runs `work` as a process whose every change of a file `witness` decides on: also changes that it left behind when it was ended. */
export function asProcess<Result>(witness: FileWitness, work: () => Promise<Result>): Promise<Result> {
  return living.run(witness, work);
}

type Work = (...words: readonly unknown[]) => unknown;

/** Lets a process be asked for each change of a file, by the functions of node:fs that the run folder is written with. */
function watch(module: object, name: string, isSame: (path: string) => boolean, torn?: (path: string, text: string) => void): void {
  const real: Work = Reflect.get(module, name);
  const change = (path: string, ...rest: readonly unknown[]): unknown => {
    const witness = living.getStore();
    if (witness === undefined) return real(path, ...rest);
    const fate = witness.fateOf(`${name} ${path}`, isSame(path));
    if (fate === 'full') throw Object.assign(new Error(`ENOSPC: no space left on device, ${name} '${path}'`), { code: 'ENOSPC' });
    if (fate === 'before') witness.die();
    if (fate === undefined) return real(path, ...rest);
    const text = textOf(rest[0]);
    if (fate === 'torn' && torn !== undefined && text !== undefined) torn(path, text.slice(0, text.length / 2));
    else if (module === fs) real(path, text ?? rest[0], ...rest.slice(1));
    else return Promise.resolve(real(path, text ?? rest[0], ...rest.slice(1))).then(() => witness.die());
    return witness.die();
  };
  Reflect.set(module, name, module === fs ? change : async (path: string, ...rest: readonly unknown[]) => change(path, ...rest));
}

/** What is written, whole: a text, or its pieces. */
function textOf(given: unknown): string | undefined {
  if (typeof given === 'string') return given;
  return typeof given === 'object' && given !== null && Symbol.iterator in given ? [...(given as Iterable<string>)].join('') : undefined;
}

const never = () => false;
const isThere = (path: string) => fs.existsSync(path);
const [write, append] = [fs.writeFileSync, fs.appendFileSync];
watch(promises, 'mkdir', isThere);
watch(promises, 'writeFile', never, (path, text) => write(path, text));
watch(promises, 'appendFile', never, (path, text) => append(path, text));
watch(promises, 'rename', never);
watch(promises, 'link', never);
watch(promises, 'rm', (path) => !isThere(path));
watch(fs, 'mkdirSync', isThere);
watch(fs, 'appendFileSync', never, (path, text) => append(path, text));
syncBuiltinESMExports();
