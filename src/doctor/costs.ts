import type { Checkup } from '../model/index.ts';

/** What mending each thing costs, in money and otherwise. */
const COSTS: Readonly<Record<Checkup['id'], string>> = {
  manifest: 'nothing',
  'run-folder': 'nothing',
  git: 'nothing; `--fix` does it',
  proxy: 'nothing',
  aws: 'nothing: to sign in and to describe AMIs is free',
  azure: 'nothing: to sign in and to read is free',
  'resource-group': 'nothing: what is put into it costs',
  providers: 'nothing; it takes minutes',
  rights: 'nothing; somebody who may assign roles has to do it',
  packer: 'nothing for the program, which is downloaded; what it builds costs as with any engine (`regild plan` has the forecast)',
};

/** The same with what it costs to mend, where something has to be mended. */
export function withCost(checkup: Checkup): Checkup {
  return checkup.status === 'pass' ? checkup : { ...checkup, cost: COSTS[checkup.id] };
}
