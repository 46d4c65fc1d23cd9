import fc from 'fast-check';
import { loadCatalog } from '../../src/catalog/load.ts';

// That a random test fails is enough; the smallest example takes hundreds of further rounds.
fc.configureGlobal({ ...fc.readConfigureGlobal(), endOnFailure: true });

// It is read once and kept: no fault may be switched on in that moment.
await loadCatalog();
