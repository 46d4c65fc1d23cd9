import type { CodeEntry } from './entry.ts';

/** What `images.yaml` and its entries have wrong; all of it is told at once, with line and column. */
export const MANIFEST_CODES = {
  MANIFEST_SYNTAX: {
    severities: ['error'],
    says: 'the file is not valid YAML',
    cause: 'indentation, quotes, a tab, a second document or an alias without its anchor',
    cure: 'mend the line that is named, or the one above it',
  },
  MANIFEST_TOO_LARGE: {
    severities: ['error'],
    says: 'the file, or what its aliases unfold to, is larger than a manifest may be',
    cause: 'a file of another kind was named, or aliases multiply each other',
    cure: 'name the right file, or write the entries out',
  },
  KEY_UNKNOWN: {
    severities: ['error'],
    says: 'a key is not one that regild knows',
    cause: 'a misspelt key, or one at the wrong depth',
    cure: 'take the key that is proposed; `regild schema` prints all of them',
  },
  KEY_MISSING: {
    severities: ['error'],
    says: 'a key that is needed is absent',
    cause: 'an entry that is not complete, and no default that fills it',
    cure: 'add the key that is named',
  },
  KEY_DUPLICATE: {
    severities: ['error'],
    says: 'a key is set twice',
    cause: 'YAML would silently take the last one',
    cure: 'keep one of the two',
  },
  VALUE_INVALID: {
    severities: ['error', 'warning'],
    says: 'a value has the wrong type or is none of those that are allowed',
    cause: 'a misspelt word, a number outside its range, text that YAML reads as something else',
    cure: 'write the value as the hint says, in quotes where YAML would change it',
  },
  NAME_INVALID: {
    severities: ['error'],
    says: 'a name does not follow the rules of AWS or Azure for such names',
    cause: 'characters or a length that the service refuses',
    cure: 'choose a name within the rule that the hint cites',
  },
  IMAGE_DUPLICATE: {
    severities: ['error'],
    says: 'two images have the same name',
    cause: 'an entry was copied',
    cure: 'rename one of them, or remove it',
  },
  TARGET_DUPLICATE: {
    severities: ['error'],
    says: 'two images publish to the same definition, or are copied into it for production',
    cause: 'an entry was copied with its `target` or `production`',
    cure: 'give each image its own `target.definition`, and its own `production.definition`',
  },
  REGION_DUPLICATE: {
    severities: ['error'],
    says: 'a region is listed twice',
    cause: 'two spellings of one Azure location',
    cure: 'keep one of them',
  },
  REGION_MISSING: {
    severities: ['error'],
    says: 'the location of the gallery is not among the regions',
    cause: 'Azure keeps a replica in the location of every version',
    cure: 'add it to `regions`, or set another `target.location`',
  },
  VARIABLE_MISSING: {
    severities: ['error', 'warning'],
    says: 'an environment variable that a value names is not set',
    cause: '`${NAME}` without a default',
    cure: 'set it, or give a default as in `${NAME:-value}`',
  },
  VARIABLE_UNNAMED: {
    severities: ['error'],
    says: 'a step holds an environment variable that is not named under `variables`',
    cause: 'what a step holds is in the image, its template and every report',
    cure: 'name it under `variables` where that may be; keep a secret in Key Vault, under `secrets` of the step',
  },
  SECRET_IN_MANIFEST: {
    severities: ['error'],
    says: 'a value looks like a secret',
    cause: 'a key or password was written into the file',
    cure: 'revoke it, keep it in Key Vault, and name its URL under `secrets` of the step',
  },
} as const satisfies Record<string, CodeEntry>;
