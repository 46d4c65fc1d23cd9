import * as z from 'zod';
import { schemaId } from '../model/index.ts';
import { Lock } from './lock.ts';

/** The JSON Schema of `images.lock.yaml`. */
export function lockJsonSchema(): object {
  return { $id: schemaId('lock'), ...z.toJSONSchema(Lock, { target: 'draft-07' }), title: 'images.lock.yaml of regild' };
}
