import type { Catalog } from '../../catalog/schema.ts';
import { RegildError } from '../../errors.ts';
import { didYouMean } from '../../manifest/suggest.ts';
import { type ExitCode, normalLocation } from '../../model/index.ts';
import type { Subscription } from '../../ports.ts';
import { SANDBOX_SUBSCRIPTION } from '../clouds.ts';
import type { Io, Verb } from '../command.ts';
import { catalogFor } from '../installation.ts';
import { goOn } from '../print.ts';
import { withMarketplace } from '../wire.ts';
import { askBases } from './ask-bases.ts';
import { checkExitCode, checkJson, checkText } from './check-result.ts';
import { progressLines } from './progress-lines.ts';
import { catalogFolder, writeAnswers } from './write-answers.ts';

interface CheckFlags {
  readonly distro?: string;
  readonly location: string;
  readonly subscription?: string;
  readonly sandbox?: true;
  readonly json?: true;
  readonly write?: true | string;
}

/** Asks Azure about every base; answers of earlier runs are not taken, since looking again is the point. */
export const defineCheck: Verb = (program, run) =>
  program
    .option('--distro <id>', 'only the bases of one distribution, for example ubuntu')
    .option('--location <name>', 'Azure location to ask in', 'westeurope')
    .option('--subscription <id>', 'subscription to ask as; AZURE_SUBSCRIPTION_ID when not given')
    .option('--sandbox', 'ask the embedded sandbox cloud instead of Azure')
    .option('--write [folder]', "take over what Azure says into the catalog's files; the folder of a checkout's own when none is given")
    .option('--json', 'print the result as JSON on stdout')
    .option('-v, --verbose', 'show details of failures')
    .action((flags: CheckFlags) => run((io) => check(flags, io)));

async function check(flags: CheckFlags, io: Io): Promise<ExitCode> {
  const location = normalLocation(flags.location);
  const subscription = flags.subscription ?? io.environment.AZURE_SUBSCRIPTION_ID ?? (flags.sandbox && SANDBOX_SUBSCRIPTION);
  if (!subscription) {
    throw new RegildError('USAGE', 'no subscription is given to ask as', { hint: 'add --subscription, or set AZURE_SUBSCRIPTION_ID' });
  }
  const folder = flags.write === undefined ? undefined : catalogFolder(flags.write, flags.sandbox ?? false);
  const releases = releasesOf(await catalogFor(io), flags.distro);
  const result = await withMarketplace({ subscription, sandbox: flags.sandbox ?? false }, io, async (ports, { simulated }) => {
    await requireLocation(ports.subscription, subscription, location);
    const total = releases.reduce((sum, { bases }) => sum + bases.length, 0);
    const bases = await askBases(releases, ports.marketplace, {
      subscription,
      location,
      signal: io.signal,
      onProgress: progressLines(total, io),
    });
    return { location, subscription, simulated, bases };
  });
  const today = new Date().toISOString().slice(0, 10);
  const written = folder === undefined ? undefined : await writeAnswers(result.bases, folder, today);
  const told = { ...result, written };
  if (flags.json) io.out(checkJson(told), 'json');
  else io.tell(checkText(told));
  goOn(
    folder === undefined ? 'the same with --write takes over what Azure says' : 'read the difference before you commit it',
    flags.json,
    io,
  );
  return checkExitCode(told);
}

function releasesOf({ releases }: Catalog, distro: string | undefined): Catalog['releases'] {
  if (distro === undefined) return releases;
  const chosen = releases.filter((release) => release.distro === distro);
  if (chosen.length > 0) return chosen;
  const known = [...new Set(releases.map((release) => release.distro))];
  throw new RegildError('FACT_UNKNOWN', `the catalog has no distribution ${JSON.stringify(distro)}`, {
    hint: didYouMean(distro, known) ?? `it has ${known.join(', ')}`,
  });
}

/** Without this check a misspelt location would fail once for every base. */
async function requireLocation(port: Subscription, subscription: string, location: string): Promise<void> {
  const known = await port.locations(subscription);
  if (known === undefined) {
    throw new RegildError('PREFLIGHT_FAILED', `the subscription ${subscription} does not exist or is not visible`, {
      hint: 'check --subscription, and that the identity in use may see it (`az account list`)',
    });
  }
  if (known.includes(location)) return;
  throw new RegildError('LOCATION_UNKNOWN', `the subscription has no Azure location ${JSON.stringify(location)}`, {
    hint: didYouMean(location, known) ?? 'list them with `az account list-locations`',
  });
}
