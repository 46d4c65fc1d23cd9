import type { Flow } from '../record.ts';
import { STRANGERS } from '../strangers/index.ts';
import { AGAIN } from './again.ts';
import { ASKS } from './asks.ts';
import { FAULTS } from './faults.ts';
import { WALKS } from './walks.ts';

/** All that is recorded. */
export const FLOWS: readonly Flow[] = [...WALKS, ...FAULTS, ...AGAIN, ...ASKS, ...STRANGERS];
