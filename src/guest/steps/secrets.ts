import * as z from 'zod';
import type { GuestFile } from '../folder.ts';

/** What an environment variable is called. */
export const VARIABLE = {
  pattern: /^[A-Za-z_][A-Za-z0-9_]*$/,
  rule: 'an environment variable is letters, digits and `_`, and does not start with a digit',
};

/** How a Key Vault secret is named. */
export const SECRET = {
  pattern:
    /^https:\/\/[A-Za-z][A-Za-z0-9-]{1,22}[A-Za-z0-9]\.vault\.(?:azure\.net|azure\.cn|usgovcloudapi\.net)\/secrets\/[A-Za-z0-9-]{1,127}(?:\/[0-9a-f]{32})?$/,
  rule: 'a secret is named by its URL: https://<vault>.vault.azure.net/secrets/<name>, with a version behind it where it must not move',
};

/**
 * Environment variable -> URL of the Key Vault secret that it holds while one step runs. The value is read inside the guest by managed identity:
 * it is in no manifest, plan or template.
 */
export const SecretUrls = z.record(z.string(), z.string()).readonly();
export type SecretUrls = z.infer<typeof SecretUrls>;

/** The same as it is written in images.yaml. */
export const SecretEntry = z
  .record(z.string().regex(VARIABLE.pattern, VARIABLE.rule), z.string(SECRET.rule).regex(SECRET.pattern, SECRET.rule))
  .readonly();

/** The secrets of a step or of what a plan keeps of it; undefined where it has none. */
export function secretsOf(step: { readonly kind: string; readonly secrets?: SecretUrls | undefined }): SecretUrls | undefined {
  return step.secrets;
}

/** regild's own script that runs a command with secrets in its environment. */
export const SECRET_SCRIPT = 'with-secrets';

/** The scripts that a step with secrets needs beside it. */
export function needsSecrets({ secrets }: { readonly secrets?: SecretUrls | undefined }): readonly string[] {
  return secrets ? [SECRET_SCRIPT] : [];
}

/** Where a step's secrets are, and who may read them. */
export interface SecretAccess {
  readonly secrets: SecretUrls;
  /** Resource id of the managed identity; undefined = the only one that the build VM has. */
  readonly identity: string | undefined;
}

/** The list that `with-secrets` reads: lines of `NAME<TAB>URL`. No value is in it: the guest asks Key Vault when the step runs. */
export function secretList(file: string, { secrets }: SecretAccess): GuestFile {
  const lines = Object.entries(secrets).map(([name, url]) => `${name}\t${url}\n`);
  return { path: `${file}.secrets`, content: lines.join('') };
}

/** Arguments of `with-secrets`, before the command or script. The identity becomes a part of a query. */
export function secretArguments(list: string, { identity = '' }: SecretAccess): readonly string[] {
  return [encodeURI(identity), list];
}
