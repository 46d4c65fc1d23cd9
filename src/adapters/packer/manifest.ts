import * as z from 'zod';
import { RegildError } from '../../errors.ts';

const Manifest = z.object({
  builds: z.array(z.object({ artifact_id: z.string(), packer_run_uuid: z.string() })),
  last_run_uuid: z.string(),
});

/** The id of what the last run built, from the manifest post-processor's file, to which every run appends. Throws BUILD_FAILED when it holds none. */
export function artifactId(manifest: string): string {
  const { builds, last_run_uuid: run } = parse(manifest);
  const id = builds.findLast(({ packer_run_uuid: uuid }) => uuid === run)?.artifact_id;
  if (id) return id;
  throw new RegildError('BUILD_FAILED', 'the manifest of the Packer build names no artifact', { hint: 'see packer.log in the run folder' });
}

function parse(text: string): z.infer<typeof Manifest> {
  try {
    return Manifest.parse(JSON.parse(text));
  } catch (cause) {
    throw new RegildError('BUILD_FAILED', 'the manifest of the Packer build cannot be read', {
      hint: 'see packer.log in the run folder',
      cause,
    });
  }
}
