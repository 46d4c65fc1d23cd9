import type { Issue } from '../../model/index.ts';
import type { Clues } from '../clues.ts';
import { disksIssues } from './disks.ts';
import { identityIssues } from './identity.ts';
import { licenceIssues } from './licence.ts';
import { lineageIssues } from './lineage.ts';
import { recordIssues } from './record.ts';
import type { Findings } from './wording.ts';

/** Everything a person should know before this AMI is matched, most telling first. */
export function findIssues(clues: Clues, findings: Findings, now: Date): readonly Issue[] {
  return [
    ...identityIssues(clues, findings),
    ...licenceIssues(clues, findings),
    ...recordIssues(clues, now),
    ...disksIssues(clues.ami),
    ...lineageIssues(clues),
  ];
}
