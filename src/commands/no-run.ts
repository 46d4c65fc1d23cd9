import { RegildError } from '../errors.ts';
import type { Artifacts } from '../ports.ts';

const refuse = async (): Promise<never> => {
  throw new RegildError('INTERNAL', 'a verb without a run wants to write into a run folder');
};

/** The run folder of a verb that only looks: nothing is there, and nothing may be written. */
export const artifactsOfNoRun: Artifacts = { save: refuse, load: async () => undefined, saveFiles: refuse, log: refuse };

/** The artifacts of a run that must leave none: what was saved before can be loaded, and nothing is kept. */
export function keepingNothing(saved: Pick<Artifacts, 'load'>): Artifacts {
  return { ...artifactsOfNoRun, load: saved.load, save: async () => undefined };
}
