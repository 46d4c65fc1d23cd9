import { defineCheck } from './catalog/check.ts';
import { defineList } from './catalog/list.ts';
import { defineShow } from './catalog/show.ts';
import { defineStale } from './catalog/stale.ts';
import type { Verb } from './command.ts';

/** What regild knows: how much, whether it fits together, one fact in full, and whether Azure still has it so. */
export const catalogVerb: Verb = (program, run) => {
  defineList(program.command('list', { isDefault: true }).description('count the facts and check that they fit together'), run);
  defineCheck(program.command('check').description('ask Azure about every base: still sold, as the catalog says, not deprecated?'), run);
  defineStale(program.command('stale').description('list the facts that nobody looked at for long'), run);
  defineShow(program.command('show').description('print one fact with its sources'), run);
};
