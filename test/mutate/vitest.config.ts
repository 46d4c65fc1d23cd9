import { defineConfig } from 'vitest/config';
import { unit } from '../../vitest.config.ts';

/** The unit tests alone: what the faults of `run.ts` are tried with. */
export default defineConfig({ test: unit });
