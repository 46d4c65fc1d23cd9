import { z } from 'zod';
import { WrittenDeployment } from './deployment.ts';
import { ImageMatrix } from './image-matrix.ts';
import { FleetStatus } from './image-status.ts';
import { InitResult } from './init-result.ts';
import { Lineage } from './lineage.ts';
import { ManifestCheck } from './manifest-check.ts';
import { RefreshReport } from './refresh-report.ts';
import { Report } from './report.ts';
import { VersionActions } from './version-actions.ts';
import { VersionDiff } from './version-diff.ts';

/** What verbs print with `--json`, by the name that `regild schema` knows it by. */
const PRINTED = {
  report: Report,
  status: FleetStatus,
  refresh: RefreshReport,
  actions: VersionActions,
  check: ManifestCheck,
  init: InitResult,
  matrix: ImageMatrix,
  lineage: Lineage,
  diff: VersionDiff,
  deployment: WrittenDeployment,
} as const satisfies Record<string, z.ZodType>;
export type Printed = keyof typeof PRINTED;

export const PRINTED_NAMES: readonly Printed[] = [
  'report',
  'status',
  'refresh',
  'actions',
  'check',
  'matrix',
  'init',
  'lineage',
  'diff',
  'deployment',
];

/** JSON Schema of something that a verb prints. The codes of issues are checked by a function, which a schema has no word for: any text stands for them. */
export function printedJsonSchema(name: Printed): object {
  return z.toJSONSchema(PRINTED[name], {
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema._zod.def.type === 'custom') jsonSchema.type = 'string';
    },
  });
}
