import * as z from 'zod';
import { WrittenDeployment } from './deployment.ts';
import { Diagnosis } from './diagnosis.ts';
import { Failure } from './failure.ts';
import { ImageMatrix } from './image-matrix.ts';
import { FleetStatus } from './image-status.ts';
import { InitResult } from './init-result.ts';
import { Inventory } from './inventory.ts';
import { Lineage } from './lineage.ts';
import { ManifestCheck } from './manifest-check.ts';
import { Parity } from './parity.ts';
import { CatalogCounts, FoundFacts, Mappings, RenderedFiles, StaleFacts, SweepResult, WorkflowFiles } from './printed-lists.ts';
import { Proposal } from './proposal.ts';
import { RefreshReport } from './refresh-report.ts';
import { Report } from './report.ts';
import { SandboxMemory } from './sandbox-memory.ts';
import { SCHEMA_VERSION } from './schema.ts';
import { PrintedSurvey } from './survey.ts';
import { VersionActions } from './version-actions.ts';
import { VersionDiff } from './version-diff.ts';

/** What verbs print with `--json`, by the name that `regild schema` knows it by. */
const PRINTED = {
  report: Report,
  check: ManifestCheck,
  init: InitResult,
  doctor: Diagnosis,
  survey: PrintedSurvey,
  inventory: Inventory,
  proposal: Proposal,
  parity: Parity,
  map: Mappings,
  render: RenderedFiles,
  status: FleetStatus,
  refresh: RefreshReport,
  actions: VersionActions,
  lineage: Lineage,
  diff: VersionDiff,
  deployment: WrittenDeployment,
  sweep: SweepResult,
  matrix: ImageMatrix,
  workflows: WorkflowFiles,
  facts: FoundFacts,
  counts: CatalogCounts,
  stale: StaleFacts,
  sandbox: SandboxMemory,
  failure: Failure,
} as const satisfies Record<string, z.ZodType>;
export type Printed = keyof typeof PRINTED;

export const PRINTED_NAMES: readonly Printed[] = Object.keys(PRINTED) as readonly Printed[];

/** JSON Schema of something that a verb prints. The codes of issues are checked by a function, which a schema has no word for: any text stands for them. */
export function printedJsonSchema(name: Printed): object {
  const schema = z.toJSONSchema(PRINTED[name], {
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema._zod.def.type === 'custom') jsonSchema.type = 'string';
    },
  });
  return { $id: schemaId(name), ...schema };
}

/** The name of a schema that holds wherever it is kept: regild has no address on the web that could stand in it. */
export function schemaId(name: string): string {
  return `urn:regild:schema:${name}:${SCHEMA_VERSION}`;
}
