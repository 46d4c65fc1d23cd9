const MASK = '***';

/** What a cloud's answer may quote: tokens, signatures of shared access links, account keys, passwords, signed headers. The kept part is group 1. */
const SECRETS: readonly RegExp[] = [
  /(\bBearer\s+)[\w.~+/-]+=*/gi,
  /()\beyJ[\w-]+\.[\w-]+\.?[\w-]*/g,
  /([?&](?:sig|X-Amz-Signature|X-Amz-Security-Token|X-Amz-Credential)=)[^&\s"'<>]+/gi,
  /(\b(?:AccountKey|SharedAccessKey|SharedAccessSignature)=)[^;\s"'<>]+/gi,
  /(\b(?:client_secret|client_assertion|adminPassword|password|secretAccessKey|sessionToken)\b["']?\s*[:=]\s*["']?)[^\s"'&,;<>}]+/gi,
  /(\bSignature=)[0-9a-f]{64}\b/g,
];

/** The same text with everything that looks like a credential replaced by `***`. */
export function maskSecrets(text: string): string {
  return SECRETS.reduce((masked, secret) => masked.replace(secret, (_, kept: string) => kept + MASK), text);
}
