const MASK = '***';

/** Names that clouds, their SDKs and configuration files give to what nobody else may read. */
const NAMES = [
  '(?:client|consumer)_?(?:secret|assertion)',
  '(?:access|refresh|id|session|security|bearer|auth)_?token',
  '(?:aws_)?secret_?access_?key',
  '(?:account|primary|secondary|shared_?access|api|private|encryption)_?key',
  'sharedAccessSignature|connection_?string',
  '(?:admin_?|db_?)?(?:password|passwd|pwd)',
  'secret|x-amz-security-token|x-amz-signature|x-api-key|x-functions-key',
].join('|');

/**
 * What a cloud's answer or a guest's log may quote: tokens, signatures of shared access links, keys, passwords, signed headers. The kept part is group 1.
 * Each is linear in the length of the text: no repetition stands within or beside another that takes the same characters.
 */
const SECRETS: readonly RegExp[] = [
  /()-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[^-]*(?:-----END [A-Z ]{0,40}PRIVATE KEY-----)?/g,
  /(\b(?:Bearer|Basic|Negotiate|SharedKey|SharedAccessSignature)\s)[\w.~+/:%-]{8,}=*/gi,
  /((?<![\w-])[\w-]{0,40}?)eyJ[\w-]+\.[\w-]+\.?[\w-]*/g,
  /()\b(?:gh[pousr]_|github_pat_|glpat-|xox[abprs]-)[\w-]{10,}/g,
  /(\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s/:@"'<>]{0,200}:)[^\s/@"'<>]{1,500}(?=@)/gi,
  /([?&](?:sig|X-Amz-Signature|X-Amz-Security-Token|X-Amz-Credential|code)=)[^&\s"'<>]+/gi,
  new RegExp(
    String.raw`((?<![A-Za-z])(?:${NAMES})(?![A-Za-z])\\?["']?\s{0,9}(?:[:=]|%3[AD])\s{0,9}\\?["']?)(?!https?:)[^\s"'&,;<>{}\\]+`,
    'gi',
  ),
  /(\bSignature=)[0-9a-f]{64}\b/g,
];

/** The same text with everything that looks like a credential replaced by `***`. */
export function maskSecrets(text: string): string {
  return SECRETS.reduce((masked, secret) => masked.replace(secret, (_, kept: string) => kept + MASK), text);
}
