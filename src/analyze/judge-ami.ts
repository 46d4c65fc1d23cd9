import type { Catalog } from '../catalog/schema.ts';
import type { Ami, Analysis, Inventory } from '../model/index.ts';
import { findAmiFamily } from './ami-family.ts';
import { findArchitecture } from './architecture.ts';
import { findBootMode } from './boot-mode.ts';
import type { Clues } from './clues.ts';
import { findDistro } from './distro.ts';
import { identifyFamily } from './identify-family.ts';
import { findIssues } from './issues/index.ts';
import { findLanguage } from './language.ts';
import { findLicence } from './licence.ts';
import { seenOnDisk } from './on-disk.ts';
import { findOsFamily } from './os-family.ts';
import { findProduct } from './product.ts';
import { publisherOf } from './publisher.ts';
import { readBilling } from './read-billing.ts';
import { findStock } from './stock.ts';
import { textHints } from './text-hints.ts';
import { findVariant } from './variant.ts';
import { findVersion } from './version.ts';

/** What an analysis says of an AMI, whichever image of the manifest it belongs to. */
export type Judgement = Omit<Analysis, 'kind' | 'schemaVersion' | 'image'>;

/**
 * What the AMI is, from its own record and those of the AMIs it was made from (nearest first, as far as they could be read), and from its disk where that
 * was read; where it was not, a weaker source may tell something. `now` decides whether a deprecation lies in the past. Issues carry no image name.
 */
export function judgeAmi(
  ami: Ami,
  ancestry: readonly Ami[],
  catalog: Catalog,
  now: Date,
  inventory?: Inventory,
  weaker?: Inventory,
): Judgement {
  const clues = gather(ami, ancestry, catalog, inventory, weaker);
  const product = findProduct(ami, clues.rules);
  const osFamily = findOsFamily(clues);
  const language = findLanguage(clues, osFamily.value);
  const distro = findDistro(clues, osFamily.value);
  const findings = {
    amiFamily: findAmiFamily(clues),
    ...(product === undefined ? {} : { product }),
    osFamily,
    distro,
    version: findVersion(clues, distro.value),
    variant: findVariant(clues, distro.value),
    ...(language === undefined ? {} : { language }),
    architecture: findArchitecture(clues),
    bootMode: findBootMode(clues),
    licence: findLicence(clues, distro.value, product),
    stock: findStock(clues),
  };
  return { ami, ancestry, ...findings, ...(inventory === undefined ? {} : { inventory }), issues: findIssues(clues, findings, now) };
}

function gather(
  ami: Ami,
  ancestry: readonly Ami[],
  catalog: Catalog,
  inventory: Inventory | undefined,
  weaker: Inventory | undefined,
): Clues {
  const rules = catalog.index.names;
  const matches = identifyFamily(ami, ancestry, rules);
  const published = matches.some(({ confidence, inherited }) => confidence !== 'low' && !inherited);
  return {
    ami,
    ancestry,
    rules,
    matches,
    publisher: matches.some(({ confidence }) => confidence !== 'low') ? undefined : publisherOf(ami, rules),
    hints: published ? [] : textHints(ami, rules),
    billing: readBilling(ami.usageOperation, catalog),
    onDisk: inventory === undefined ? seenOnDisk(weaker, catalog.releases, true) : seenOnDisk(inventory, catalog.releases),
  };
}
