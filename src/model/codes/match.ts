import type { CodeEntry } from './entry.ts';

/** Which Marketplace base can carry the image. */
export const MATCH_CODES = {
  ANSWER_UNUSED: {
    severities: ['warning'],
    says: 'an answer agrees to a change that no image of the run asks about',
    cause: 'a misspelt word under `accept` or in `--accept`, or an image that needed it once',
    cure: 'take it out, or write one of the words that the hint lists',
  },
  NO_BASE: {
    severities: ['error'],
    says: 'no base of the catalog fits the AMI',
    cause: 'architecture, generation, licence or version leave none',
    cure: 'read the rejections in `regild explain`, and set `base`',
  },
  BASE_UNFIT: {
    severities: ['error'],
    says: 'the base that the entry names cannot carry the image',
    cause: 'the reason stands beside it among the rejections',
    cure: 'name another base, or `base: auto`',
  },
  BASE_INVALID: {
    severities: ['error'],
    says: '`base` is no image URN',
    cause: 'a misspelt value',
    cure: 'write publisher:offer:sku or publisher:offer:sku:version',
  },
  BASE_UNCATALOGUED: {
    severities: ['info'],
    says: 'the base that the entry names is not in the catalog',
    cause: 'an image that the catalog does not know',
    cure: 'nothing: its generation, architecture and plan are taken from Azure',
  },
  BASE_NOT_SOLD: {
    severities: ['error'],
    says: 'no base is left that is sold in the location',
    cause: 'the offers are not sold there, or are gone',
    cure: 'choose another `target.location`, or name a `base`',
  },
  BASE_DEPRECATED: {
    severities: ['warning'],
    says: 'the publisher has announced the end of the base',
    cause: 'a deprecation that ARM reports',
    cure: 'move to the successor that is named before the date',
  },
  VERSION_UNLISTED: {
    severities: ['warning'],
    says: 'the version of the distribution is not in the catalog',
    cause: 'one that is very old, very new or misread',
    cure: 'check the version; the nearest release stands in for it',
  },
  EOL_SOURCE: {
    severities: ['warning'],
    says: 'the release has no security updates any more',
    cause: 'its support ended',
    cure: 'plan the move to the release that the hint names',
  },
  NO_AZURE_EQUIVALENT: {
    severities: ['info'],
    says: 'Azure offers nothing that the AMI could become',
    cause: 'macOS, or a service that runs on AWS only',
    cure: 'keep the machine where it is, or move it to another provider',
  },
  BYOS_PLAN: {
    severities: ['info'],
    says: 'the subscription of the AMI is brought along, and must cover Azure too',
    cause: 'a licence `byos`',
    cure: 'register the subscription for Azure with the vendor',
  },
  LICENCE_CHOICE: {
    severities: ['question'],
    says: 'who is to be paid for the operating system is not said',
    cause: 'the AMI has a licence that can be billed anew or brought along',
    cure: 'answer with `licence`',
  },
  SUCCESSOR_CHOICE: {
    severities: ['question'],
    says: "another release or distribution would take the place of the AMI's own",
    cause: 'a release past its support, or one that Azure does not sell',
    cure: 'agree with `accept.successor`, or name a `base` (docs/reference/questions.md)',
  },
  PRODUCT_CHOICE: {
    severities: ['question'],
    says: 'the base lacks what people pay for or rely on: a product, an edition, a language',
    cause: 'Azure, the location or the subscription sells no base with it',
    cure: 'agree with `accept.without`, or name a `base` (docs/reference/questions.md)',
  },
  SOURCE_CHOICE: {
    severities: ['question'],
    says: 'whether an AMI with a name of another owner, or with the terms of a Marketplace product, is to be rebuilt is not said',
    cause: 'a copy, or what somebody sells',
    cure: 'agree with `accept.source`, or name a `base` (docs/reference/questions.md)',
  },
  BASE_REPLACED: {
    severities: ['warning'],
    says: 'the best base of the catalog is not to be had, and the one in its place serves less well',
    cause: 'a location or subscription that does not sell it',
    cure: 'see what was lost; another `target.location` may have it',
  },
  TERMS_UNKNOWN: {
    severities: ['warning'],
    says: 'this account may not ask whether the terms of a purchase plan are accepted',
    cause: 'a role without Microsoft.MarketplaceOrdering',
    cure: 'ask somebody who may: `az vm image terms show`',
  },
  TERMS_NOT_ACCEPTED: {
    severities: ['error'],
    says: 'the subscription has not accepted the terms of a purchase plan',
    cause: 'an image that is sold with a plan',
    cure: 'read and accept them: `az vm image terms accept`',
  },
  GUEST_UNSUPPORTED: {
    severities: ['error'],
    says: "regild's scripts do not run on this system",
    cause: 'a system that is kept as it is delivered, or has neither a Linux shell nor Windows PowerShell',
    cure: 'deploy the Marketplace image that is named as it is',
  },
  DIFFERENT_SERVICE: {
    severities: ['error'],
    says: 'the AMI belongs to a service that Azure offers in another form',
    cause: 'a node image or an appliance of an AWS service',
    cure: 'use the Azure service that the hint names',
  },
  VENDOR_PRODUCT: {
    severities: ['error'],
    says: "the AMI is a vendor's product: it is deployed anew, not rebuilt",
    cause: 'an appliance',
    cure: "deploy the vendor's own offer on Azure",
  },
  UNSUPPORTED: {
    severities: ['error'],
    says: 'Azure has nothing that could carry the AMI',
    cause: 'macOS, or a system that runs on AWS only',
    cure: 'leave the image out',
  },
} as const satisfies Record<string, CodeEntry>;
