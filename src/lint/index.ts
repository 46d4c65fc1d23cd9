import type { Catalog } from '../catalog/schema.ts';
import { openManifest } from '../manifest/index.ts';
import { type Issue, type ManifestCheck, SCHEMA_VERSION } from '../model/index.ts';
import type { Assets } from '../ports.ts';
import { lintFiles } from './files.ts';
import { lintNames } from './names.ts';

/** A manifest as it lies there, and what its names are held to. */
export interface LintedFile {
  readonly text: string;
  /** What places name it by. */
  readonly file: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly catalog: Catalog;
  readonly assets: Pick<Assets, 'user' | 'userFile' | 'userFolder' | 'isThere'>;
}

/** Everything that can be said of a manifest without a cloud, all at once, in the order of the file. Never throws for what stands in it. */
export async function lintManifest({ text, file, environment, catalog, assets }: LintedFile): Promise<ManifestCheck> {
  const { entries, issuesWith } = openManifest(text, file, environment);
  const found = await Promise.all(
    entries.map(async ({ name, entry }) =>
      [...lintNames(entry, catalog), ...(await lintFiles(entry, assets))].map((problem) => ({ name, ...problem })),
    ),
  );
  const images = entries.map(({ name }) => name);
  return { kind: 'ManifestCheck', schemaVersion: SCHEMA_VERSION, file, images, issues: issuesWith(found.flat()).map(forgiven) };
}

/** Who checks a stranger's change has none of the owner's variables: what holds one is left unjudged, and that is said. */
function forgiven(issue: Issue): Issue {
  if (issue.code !== 'VARIABLE_MISSING') return issue;
  return { ...issue, severity: 'warning', message: `${issue.message}: the value is not checked` };
}
