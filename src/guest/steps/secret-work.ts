import type { SecretUrls } from '../../model/index.ts';
import type { GuestFile } from '../build-step.ts';

/** Where a step's secrets are, and who may read them. */
export interface SecretAccess {
  readonly secrets: SecretUrls;
  /** Resource id of the managed identity; absent = the only one that the build VM has. */
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
