import type { Issue } from '../../model/index.ts';
import type { Clues } from '../clues.ts';
import { isSold } from '../licence.ts';
import { isMarketplaceOwned } from '../owner.ts';
import { isMarketplaceProduct } from '../product.ts';
import { sqlServerIn } from '../sql-server-text.ts';
import { amiWord, type Findings, quoted } from './wording.ts';

/** Issues about who is paid for what the AMI carries. */
export function licenceIssues(clues: Clues, findings: Findings): readonly Issue[] {
  return [
    ...unclear(clues, findings),
    ...unknownCode(clues),
    ...payAsYouGo(clues, findings),
    ...vendorTerms(clues, findings),
    ...inherited(clues),
    ...sqlServer(clues, findings),
  ];
}

function unclear(clues: Clues, { licence, distro }: Findings): readonly Issue[] {
  if (licence.value !== undefined || !isSold(clues, distro.value)) return [];
  const { billing, ami } = clues;
  const bill =
    billing.kind === 'absent' ? 'its record holds no billing code' : `its billing code ${quoted(billing.code)} bills nothing for it`;
  return [
    {
      severity: 'warning',
      code: 'LICENCE_UNCLEAR',
      message: `${amiWord(ami)} holds ${distro.value ?? 'a system'} that is sold by subscription, but ${bill}`,
      hint: 'say whose subscription covers it with `licence:` in images.yaml (`payg` or `byos`)',
    },
  ];
}

function unknownCode({ billing, ami }: Clues): readonly Issue[] {
  if (billing.kind !== 'unknown') return [];
  return [
    {
      severity: 'warning',
      code: 'BILLING_CODE_UNKNOWN',
      message: `${amiWord(ami)} carries the billing code ${quoted(billing.code)}, which the catalog does not know`,
      hint: 'look it up in the EC2 guide (AMI billing information) and add it to `catalog/billing/`',
    },
  ];
}

function payAsYouGo({ ami }: Clues, { licence }: Findings): readonly Issue[] {
  if (licence.value !== 'payg') return [];
  const observed = licence.evidence[0]?.observed ?? '';
  return [
    {
      severity: 'info',
      code: 'PAYG_LICENCE',
      message: `AWS bills the licence of ${amiWord(ami)} by the hour (${quoted(observed)}): on Azure it is billed anew or brought along`,
      hint: 'choose with `licence:` in images.yaml: `payg`, or `byos` where a subscription or Azure Hybrid Benefit covers it',
    },
  ];
}

function vendorTerms({ ami }: Clues, { licence }: Findings): readonly Issue[] {
  if (!isMarketplaceProduct(ami)) return [];
  const codes = ami.productCodes.map(({ id }) => id).join(', ');
  return [
    {
      severity: 'warning',
      code: 'VENDOR_TERMS',
      message: `${amiWord(ami)} is an AWS Marketplace product${codes === '' ? '' : ` (product code ${codes})`}: its terms do not reach to Azure`,
      hint:
        licence.value === 'free'
          ? 'its system is free on Azure as well: look only whether the publisher added something of its own'
          : "take the vendor's own Azure offer, or ask the vendor what its licence allows there",
    },
  ];
}

/** Copies and snapshots inherit product codes, and with them the vendor's terms. */
function inherited({ ami }: Clues): readonly Issue[] {
  if (ami.productCodes.length === 0 || isMarketplaceOwned(ami)) return [];
  const codes = ami.productCodes.map(({ id }) => id).join(', ');
  return [
    {
      severity: 'warning',
      code: 'PRODUCT_CODE_INHERITED',
      message: `${amiWord(ami)} was made from a Marketplace product and inherited its product code ${codes}`,
      hint: 'rebuild from a base without product code, unless the product itself is wanted',
    },
  ];
}

function sqlServer({ ami, billing }: Clues, { variant }: Findings): readonly Issue[] {
  const billed =
    billing.kind === 'known'
      ? billing.parts.flatMap(({ products }) => products).find((product) => product.startsWith('sql-server'))
      : undefined;
  const text = sqlServerIn(ami);
  const named = variant.value?.split('-').includes('sql') ? variant.value : text && `${text.from} ${quoted(text.observed)}`;
  if (billed === undefined && named === undefined) return [];
  return [
    {
      severity: 'warning',
      code: 'SQL_SERVER',
      message: `${amiWord(ami)} carries SQL Server (${named ?? billed})`,
      hint: 'the SQL Server licence is a choice of its own on Azure, and databases are moved separately',
    },
  ];
}
