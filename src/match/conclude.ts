import type { BaseMatch, Confidence, Issue } from '../model/index.ts';
import { blocks, formatOffer, formatUrn, SCHEMA_VERSION, type VendorChoice } from '../model/index.ts';
import { changeQuestions, unagreed } from './change-questions.ts';
import type { Draft } from './draft.ts';
import { licenceQuestions, unanswered } from './licence.ts';
import { notesOn } from './notes.ts';
import type { Ranked, Refused } from './rank.ts';
import { sourceQuestions } from './source-questions.ts';
import { unchangedFromInside } from './unchanged.ts';
import { vendorChoice, vendorQuestions } from './vendor/index.ts';
import { familyOf } from './verdict.ts';

/** The artifact: what was chosen and why, or the one thing that stands in the way; `sold` is the vendor's choice where Azure was asked. */
export function conclude(draft: Draft, chosen: Ranked | undefined, found: readonly Issue[] = [], sold?: VendorChoice): BaseMatch {
  const { analysis, catalog, question, ranking } = draft;
  const licences = chosen ? licenceQuestions(chosen.candidate, chosen.option.base, question.wishes, catalog) : [];
  const vendor = sold ?? (draft.verdict === 'vendor' ? vendorChoice(analysis, catalog, question.wishes.licence) : undefined);
  const asked = vendor ? vendorQuestions(vendor) : [];
  const changes = chosen ? [...sourceQuestions(analysis, question.wishes), ...changeQuestions({ ...question, chosen, ranking })] : [];
  const issues = [
    ...notesOn(draft, chosen),
    ...draft.issues,
    ...found,
    ...unanswered(licences, question.wishes, analysis.image),
    ...unagreed(changes, analysis.image),
    ...versionQuestion(draft, chosen),
    ...unchangedFromInside(analysis, catalog, chosen),
  ];
  return {
    kind: 'BaseMatch',
    schemaVersion: SCHEMA_VERSION,
    image: analysis.image,
    verdict: verdictInTheEnd(draft),
    confidence: chosen?.candidate.confidence ?? confidenceWithoutBase(draft),
    chosen: chosen?.candidate,
    candidates: ranking.ranked.map(({ candidate }) => candidate),
    rejected: ranking.refused.map(rejected),
    vendor,
    questions: [...licences, ...asked, ...changes],
    issues: chosen || issues.some(blocks) ? issues : [...issues, nothingToBuildOn(draft, vendor)],
  };
}

function rejected({ option, reason }: Refused): BaseMatch['rejected'][number] {
  const { id, publisher, offer, sku } = option.base;
  return { base: id, urn: formatUrn({ publisher, offer, sku, version: 'latest' }), reason };
}

/** A known system whose every base is of another architecture, or that has no base and no successor, cannot be carried. */
function verdictInTheEnd({ verdict, ranking, question }: Draft): BaseMatch['verdict'] {
  if (verdict !== 'catalog' && verdict !== 'rebuild') return verdict;
  const hopeless =
    question.source.distro !== undefined && ranking.ranked.length === 0 && ranking.refused.every(({ code }) => code === 'ARCHITECTURE');
  return hopeless && question.wishes.base === 'auto' ? 'unsupported' : verdict;
}

function confidenceWithoutBase({ analysis, verdict }: Draft): Confidence {
  if (verdict === 'catalog' || verdict === 'rebuild') return 'low';
  if (verdict === 'vendor') return analysis.product?.confidence ?? 'medium';
  return analysis.amiFamily.value === undefined ? 'medium' : analysis.amiFamily.confidence;
}

/** A base of a guessed release is shown, and not built on before the user agrees. */
function versionQuestion({ analysis }: Draft, chosen: Ranked | undefined): readonly Issue[] {
  if (chosen?.option.road.kind !== 'version-guessed') return [];
  return [
    {
      severity: 'question',
      code: 'UNKNOWN_VERSION',
      message: `the AMI is ${analysis.distro.value}, but nothing says which version`,
      hint: `look into the AMI, then set \`base:\` for ${analysis.image} in images.yaml; ${formatUrn(chosen.candidate.urn)} is the newest supported one`,
      image: analysis.image,
    },
  ];
}

function nothingToBuildOn(draft: Draft, vendor: VendorChoice | undefined): Issue {
  const { analysis, catalog, verdict } = draft;
  const { image } = analysis;
  switch (verdict) {
    case 'different-service': {
      const instead = familyOf(analysis, catalog)?.instead;
      return {
        severity: 'error',
        code: 'DIFFERENT_SERVICE',
        message: 'the AMI belongs to a service that Azure offers in another form',
        hint: instead ? `use ${instead} instead` : 'use the Azure service instead of an image',
        image,
      };
    }
    case 'vendor':
      return {
        severity: 'error',
        code: 'VENDOR_PRODUCT',
        message: "the AMI is a vendor's product: it cannot be rebuilt, only deployed anew",
        hint: vendorHint(vendor),
        image,
      };
    case 'unsupported':
      return {
        severity: 'error',
        code: 'UNSUPPORTED',
        message: 'Azure has nothing that could carry this AMI',
        hint: 'leave the image out of images.yaml',
        image,
      };
    case 'catalog':
    case 'rebuild':
      return draft.question.source.distro === undefined ? unknownOs(draft) : noBaseLeft(draft);
  }
}

function vendorHint(vendor: VendorChoice | undefined): string {
  const offers = vendor?.offers.map(formatOffer) ?? [];
  const where =
    offers.length > 0 ? `deploy the vendor's own offer (${offers.join(' or ')})` : "look for the vendor's own offer in Azure Marketplace";
  const open = vendor?.open.map((question) => `; ask ${question}`).join('') ?? '';
  return `${where} and carry the configuration over by export and import${open}`;
}

function unknownOs({ analysis: { image, ami } }: Draft): Issue {
  return {
    severity: 'question',
    code: 'UNKNOWN_OS',
    message: `nothing that EC2 says about ${ami.id} tells its operating system`,
    hint: `read /etc/os-release on an instance or in its snapshot, then set \`base:\` for ${image} in images.yaml`,
    image,
  };
}

function noBaseLeft({ analysis: { image }, question, ranking }: Draft): Issue {
  const { source, wishes } = question;
  const system = [source.distro, source.version].filter(Boolean).join(' ');
  const reasons = [...new Set(ranking.refused.map(({ reason }) => reason))].slice(0, 3).join('; ');
  return {
    severity: 'error',
    code: wishes.base === 'auto' ? 'NO_BASE' : 'BASE_UNFIT',
    message:
      wishes.base === 'auto'
        ? `no base fits ${system}${reasons && `: ${reasons}`}`
        : `base ${wishes.base} cannot carry the image: ${reasons}`,
    hint: 'change `base:`, `generation:`, `security:` or `controllers:` of the image in images.yaml',
    image,
  };
}
