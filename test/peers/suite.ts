import { actionlint } from './actionlint.ts';
import { az } from './az/index.ts';
import { hadolint } from './hadolint/index.ts';
import { machine } from './machine/index.ts';
import { moto } from './moto/index.ts';
import { packer } from './packer.ts';
import { schemas } from './schemas/index.ts';
import { sdk } from './sdk/index.ts';
import { proving } from './statements.ts';
import { terraform } from './terraform/index.ts';

/** Runs one part in a folder of its own below the given one, prints each of its statements, and ends with 1 where one does not hold. */
const PARTS = { packer, machine, az, sdk, terraform, moto, actionlint, hadolint, schemas };

const [name = '', folder = ''] = process.argv.slice(2);
const part = Object.entries(PARTS).find(([known]) => known === name)?.[1];
if (!part) throw new Error(`there is no part ${JSON.stringify(name)}; run.sh names them`);
process.exitCode = (await proving(name, folder, part)) ? 0 : 1;
