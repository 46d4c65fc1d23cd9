const MASK = '***';

/** Names that clouds, their SDKs and configuration files give to what nobody else may read; Markdown writes `_` as `\_`. */
const NAMES = [
  '(?:client|consumer)_?(?:secret|assertion)',
  '(?:access|refresh|id|session|security|bearer|auth)_?token',
  '(?:aws_)?secret_?(?:access_?)?key',
  '(?:account|primary|secondary|shared_?access|api|private|encryption)_?key',
  'sharedAccessSignature|connection_?string',
  '(?:admin_?|db_?)?(?:password|passwd|pwd)',
  'secret|x-amz-security-token|x-amz-signature|x-api-key|x-functions-key',
]
  .join('|')
  .replaceAll('_', String.raw`\\?_`);

/** A quote as a text, JSON within JSON, or HTML writes it. */
const QUOTE = String.raw`(?:\\{0,7}(?:["']|&(?:quot|apos|#39|#34);))?`;

/** Not an address, nor a permission of a workflow (`id-token: write`). Up to the quote that ends it; without quotes up to what ends a word. */
const VALUE = String.raw`(?:(?<=")[^"\\\n]{1,500}|(?<=')[^'\\\n]{1,500}|[^\s"'&,;<>{}\\]+)`;

/** Where a word begins: also behind the `n` of a line feed that JSON wrote as `\n`. */
const START = String.raw`(?:(?<![A-Za-z0-9_])|(?<=\\[nrtbf]))`;

/** What a secret looks like; `sign` is in all that look so, and in few other texts. */
interface Secret {
  readonly shape: RegExp;
  readonly sign?: string;
}

/**
 * What a cloud's answer or a guest's log may quote: tokens, signatures of shared access links, keys, passwords, signed headers. The kept part is group 1.
 * Each is linear in the length of the text: no repetition stands within or beside another that takes the same characters.
 */
const SECRETS: readonly Secret[] = [
  // To its end; of one that was cut short, what base64 is made of.
  {
    shape:
      /()-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----(?:(?:[^-]|-(?!----)){0,20000}-----END [A-Z ]{0,40}PRIVATE KEY-----|(?:[\s\\nr]*(?:Proc-Type|DEK-Info): [^\s\\]+)*[A-Za-z0-9+/=\s\\]*)/g,
    sign: '-----BEGIN ',
  },
  { shape: new RegExp(String.raw`()${START}(?:AKIA|ASIA)[A-Z0-9]{16}\b`, 'g') },
  { shape: new RegExp(String.raw`(${START}(?:Bearer|Basic|Negotiate|SharedKey|SharedAccessSignature)\s)[\w.~+/:%-]{8,}=*`, 'gi') },
  { shape: /((?<![\w-])[\w-]{0,40}?)eyJ[\w-]+\.[\w-]+\.?[\w-]*/g, sign: 'eyJ' },
  { shape: new RegExp(String.raw`()${START}(?:gh[pousr]\\?_|github\\?_pat\\?_|glpat-|xox[abprs]-)[\w-]{10,}`, 'g') },
  { shape: /((?<![a-z0-9+.-])[a-z][a-z0-9+.-]{1,20}\\?:\/\/[^\s/:@"'<>]{0,200}:)[^\s/@"'<>]{1,500}(?=@)/gi, sign: '@' },
  { shape: /((?:[?&]|&amp;)(?:sig|X-Amz-Signature|X-Amz-Security-Token|X-Amz-Credential|code)=)[^&\s"'<>]+/gi },
  {
    shape: new RegExp(
      String.raw`((?:(?<![A-Za-z])|(?<=\\[nrtbf]))(?:${NAMES})(?![A-Za-z])${QUOTE}\s{0,9}\\?(?:[:=]|%3[AD])\s{0,9}${QUOTE})(?!https?:|(?:write|read|none)(?![\w-]))${VALUE}`,
      'gi',
    ),
  },
  // The word alone is said of much: only before what has a digit.
  { shape: new RegExp(String.raw`(${START}token${QUOTE}\s{0,9}[:=]\s{0,9}${QUOTE})(?=[\w.~+/-]{0,500}\d)[\w.~+/-]{6,}=*`, 'gi') },
  { shape: new RegExp(String.raw`(${START}Signature=)[0-9a-f]{64}\b`, 'g'), sign: 'Signature=' },
];

/** The same text with everything that looks like a credential replaced by `***`. */
export function maskSecrets(text: string): string {
  return SECRETS.reduce(
    (masked, { shape, sign = '' }) => (masked.includes(sign) ? masked.replace(shape, (_, kept: string) => kept + MASK) : masked),
    text,
  );
}

/** Where in a text something stands that looks like a credential: from, to. */
export function* secretSpans(text: string): Generator<readonly [from: number, to: number]> {
  for (const { shape, sign = '' } of SECRETS)
    if (text.includes(sign))
      for (const { index, 0: found, 1: kept = '' } of text.matchAll(shape)) yield [index + kept.length, index + found.length];
}
