import type { WaveNumber } from '../model/index.ts';
import type { Judged } from './judged.ts';

/** The wave of an AMI and the reasons for it, the most telling first. */
export interface Wave {
  readonly wave: WaveNumber;
  readonly reasons: readonly string[];
}

/** Warnings after which a person decides before anything is built: warning code -> what is to be decided. */
const DECISIONS: Readonly<Record<string, string>> = {
  'unknown-os': 'nothing tells its system: look inside, then name a base',
  'unknown-version': 'its version is not known: look inside, then name a base',
};

/** When the AMI is moved: at once where the catalog has the same, next where a rebuild asks nothing, after a decision, or not as an image at all. */
export function waveOf({ match }: Pick<Judged, 'match'>, warnings: readonly string[]): Wave {
  switch (match.verdict) {
    case 'different-service':
      return { wave: 4, reasons: ['Azure does its job with another service'] };
    case 'unsupported':
      return { wave: 4, reasons: ['nothing on Azure can carry it'] };
    case 'vendor':
      return {
        wave: 3,
        reasons: ["it is a vendor's product: its own offer is deployed anew", ...decisions(match, warnings.filter(isOfVendor))],
      };
    case 'catalog':
    case 'rebuild':
      return forBase(match, decisions(match, warnings));
  }
}

/** Of a product nobody names a base, so that its system and version are no decision. */
function isOfVendor(warning: string): boolean {
  return warning !== 'unknown-os' && warning !== 'unknown-version';
}

function forBase({ verdict, chosen, issues }: Judged['match'], open: readonly string[]): Wave {
  if (issues.some(({ code }) => code === 'GUEST_UNSUPPORTED')) {
    return { wave: 4, reasons: ['the Marketplace image of its system is deployed as it is: regild changes nothing inside that system'] };
  }
  if (open.length > 0) return { wave: 3, reasons: open };
  if (chosen === undefined) return { wave: 3, reasons: ['no base in the catalog fits it: name one'] };
  return verdict === 'catalog'
    ? { wave: 1, reasons: ['the catalog has the same system, and nothing is left to ask'] }
    : { wave: 2, reasons: ['its system is known and has a base: its content is rebuilt by a recipe'] };
}

function decisions({ questions, vendor }: Judged['match'], warnings: readonly string[]): readonly string[] {
  const open = questions.filter(({ answer }) => answer === undefined).map(({ text }) => text);
  const asks = vendor?.open.map((question) => `nothing tells ${question}`) ?? [];
  return [...Object.entries(DECISIONS).flatMap(([code, decision]) => (warnings.includes(code) ? [decision] : [])), ...open, ...asks];
}
