import type { BillingCode, Catalog } from '../catalog/schema.ts';

/** What the billing code of an AMI says: the catalog's entry, or the parts of a combination that has no entry of its own. */
export type Billing =
  | { readonly kind: 'absent' }
  | { readonly kind: 'known'; readonly code: string; readonly parts: readonly BillingCode[] }
  | { readonly kind: 'unknown'; readonly code: string };

const PREFIX = 'RunInstances';
const DIGITS = '0123456789abcdefg';
const BITS = [1, 2, 4, 8, 16];

/**
 * Reads `UsageOperation`. The four characters after the colon are sums of product bits, so `1210` is `1000`, `0200` and `0010`; Spot usage in cost
 * reports appends `:SVnnn`, which is not part of it (awsdocs/amazon-ec2-user-guide, billing-info-fields).
 */
export function readBilling(usageOperation: string | undefined, { billingCodes }: Pick<Catalog, 'billingCodes'>): Billing {
  if (usageOperation === undefined) return { kind: 'absent' };
  const code = usageOperation.replace(/:SV\d+$/, '');
  const entry = billingCodes.find((known) => known.usageOperation === code);
  if (entry !== undefined) return { kind: 'known', code, parts: [entry] };
  const parts = bitsOf(code)?.map((bit) => billingCodes.find((known) => known.usageOperation === `${PREFIX}:${bit}`));
  return parts?.every((part) => part !== undefined) ? { kind: 'known', code, parts } : { kind: 'unknown', code };
}

/** `RunInstances:1210` -> ['1000', '0200', '0010']; undefined when it is not such a code. */
function bitsOf(code: string): readonly string[] | undefined {
  const digits = /^RunInstances:([0-9a-g]{4})$/.exec(code)?.[1];
  if (digits === undefined || digits === '0000') return undefined;
  return [...digits].flatMap((digit, place) => BITS.filter((bit) => hasBit(DIGITS.indexOf(digit), bit)).map((bit) => atPlace(bit, place)));
}

function hasBit(value: number, bit: number): boolean {
  return (value & bit) !== 0;
}

function atPlace(bit: number, place: number): string {
  return `${'0'.repeat(place)}${DIGITS[bit]}${'0'.repeat(3 - place)}`;
}
