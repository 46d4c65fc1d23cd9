import type { Analysis } from '../../model/index.ts';

/** The findings that issues are drawn from. */
export type Findings = Omit<Analysis, 'kind' | 'schemaVersion' | 'image' | 'ami' | 'ancestry' | 'issues'>;
