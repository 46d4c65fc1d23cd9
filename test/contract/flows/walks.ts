import { basename } from 'node:path';
import { scenarioFolders } from '../../scenarios/folders.ts';
import type { Flow } from '../record.ts';
import { expectOutcome } from './expect.ts';

/** Every scenario from the AMI to the promoted version. */
export const WALKS: readonly Flow[] = scenarioFolders()
  .map((folder) => basename(folder))
  .map((scenario) => ({
    name: `${scenario} is published`,
    scenario,
    walk: async (run, folder) => expectOutcome(run, folder, 'published'),
  }));
